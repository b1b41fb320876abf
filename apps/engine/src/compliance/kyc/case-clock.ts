/** How long cases may wait for a person: as the jurisdiction of the player has it at the moment. */
import { findCountry } from "@pitboss/db/identity/find-country";
import type { Executor } from "@pitboss/db/kernel/executor";
import { usualCaseHours } from "@pitboss/domain/compliance/kyc/case-machine";
import { readPacks } from "../../risk/gate-rules.ts";

const hourMs = 3_600_000;

export async function dueAfter(db: Executor, playerId: bigint, now: Date): Promise<Date> {
  const country = (await findCountry(db, playerId)) ?? "";
  const { kyc } = (await readPacks(db)).of(country, now.getTime()).rules;
  return new Date(now.getTime() + (kyc.caseHours ?? usualCaseHours) * hourMs);
}
