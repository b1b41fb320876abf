/** Filing a report: a second person says yes to the hash of the very document, which is then kept as it was filed. */
import { changeAmlCase, changeSar, findSar, lockAmlCase, lockSar } from "@pitboss/db/compliance/aml-store";
import { closeCaseAlerts } from "@pitboss/db/risk/alert-store";
import { amlStateAfter, sarStateAfter } from "@pitboss/domain/compliance/aml/case-machine";
import { hashSar } from "@pitboss/domain/compliance/aml/sar-document";
import type { SarContent } from "@pitboss/domain/identity/approval-content";
import { formatId, parseId } from "@pitboss/domain/kernel/public-id";
import { err, ok } from "@pitboss/domain/kernel/result";
import type { KindHandler } from "../../identity/approvals/kind-handler.ts";
import { buildSar } from "./build-sar.ts";
import { sealSarText } from "./case-text.ts";
import { writeStep } from "./write-step.ts";

export interface SarFiling {
  readonly sarId: bigint;
  readonly reason: string;
}

export const sarHandler: KindHandler<SarContent, SarFiling> = {
  async describe(deps, { sarId, reason }) {
    const sar = await findSar(deps.db, sarId);
    if (sar === undefined) return err("SAR_NOT_FOUND");
    if (sarStateAfter(sar.state, "file") === undefined) return err("SAR_STATE", `It is ${sar.state}.`);
    const documentHash = hashSar(await buildSar(deps, deps.db, sar));
    const content: SarContent = {
      sarId: formatId("sar", sar.id),
      caseId: formatId("amlCase", sar.caseId),
      authority: sar.authority,
      documentHash,
      reason,
    };
    return ok({
      content: { ...content },
      summary: `File ${content.sarId} with ${sar.authority}`,
      subject: { kind: "aml", id: content.sarId },
    });
  },
  apply: {
    where: "here",
    async run({ tx, deps, content, approval, note }) {
      const sar = await lockSar(tx, parseId("sar", content.sarId) ?? 0n);
      if (sar === undefined) return err("SAR_NOT_FOUND");
      const filed = sarStateAfter(sar.state, "file");
      if (filed === undefined) return err("SAR_STATE", `It is ${sar.state}.`);
      const found = await lockAmlCase(tx, sar.caseId);
      const state = found === undefined ? undefined : amlStateAfter(found.state, "report");
      if (found === undefined || state === undefined) return err("AML_CASE_STATE", `It is ${found?.state ?? "gone"}.`);
      const document = await buildSar(deps, tx, sar);
      if (hashSar(document) !== content.documentHash) {
        return err("APPROVAL_CHANGED", "The document is not the one that was proposed.");
      }
      const now = new Date(deps.clock.now());
      const by = `staff:${formatId("staff", approval.proposedBy)}`;
      await changeSar(tx, sar.id, {
        state: filed,
        document: await sealSarText(deps.vault, sar.id, "document", document),
        documentHash: content.documentHash,
        filedAt: now,
        filedBy: by,
        approvalId: approval.id,
      });
      await changeAmlCase(tx, found.id, { state, decidedAt: now, decidedBy: by });
      await closeCaseAlerts(tx, found.id, {
        state: "CONFIRMED",
        owner: found.owner,
        decidedAt: now,
        decidedBy: by,
        reason: null,
      });
      await writeStep(tx, deps.vault, { caseId: found.id, event: "report", toState: state, by, text: content.reason });
      note({
        action: "aml.file",
        subject: { kind: "aml", id: content.sarId },
        before: { state: sar.state },
        after: { state: filed, case: content.caseId, documentHash: content.documentHash },
      });
      return ok({ sarId: content.sarId, documentHash: content.documentHash });
    },
  },
};
