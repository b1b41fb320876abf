/** A step of a case with what was written of it. Whoever writes one holds the case's lock. */
import { insertAmlStep, nextStepNumber } from "@pitboss/db/compliance/aml-store";
import type { Transaction } from "@pitboss/db/kernel/executor";
import type { AmlCaseState } from "@pitboss/domain/compliance/aml/case-machine";
import type { DataVault } from "../../identity/keys/data-vault.ts";
import { sealStepText } from "./case-text.ts";

export async function writeStep(
  tx: Transaction,
  vault: DataVault,
  step: {
    readonly caseId: bigint;
    readonly event: string;
    readonly toState: AmlCaseState;
    readonly by: string;
    readonly text: string | null;
  },
): Promise<void> {
  const { caseId, text } = step;
  const number = await nextStepNumber(tx, caseId);
  const sealed = text === null ? null : await sealStepText(vault, caseId, number, text);
  await insertAmlStep(tx, { ...step, number, text: sealed });
}
