/** What a decision does to the case and to the player's level, whoever of the house makes it, within their transaction. */
import { randomUUID } from "node:crypto";
import {
  changeCase,
  insertKycStep,
  type KycCase,
  listDocuments,
  listKycSteps,
  lockPlayerCases,
} from "@pitboss/db/compliance/kyc-store";
import { readStanding, setKycLevel } from "@pitboss/db/compliance/standing-store";
import { findPlayer } from "@pitboss/db/identity/player-directory";
import type { Transaction } from "@pitboss/db/kernel/executor";
import { noteEvent } from "@pitboss/db/ops/note-event";
import {
  type CaseDecision,
  type CaseReason,
  type CaseState,
  stateAfter,
} from "@pitboss/domain/compliance/kyc/case-machine";
import {
  type CaseCheck,
  findUnchecked,
  highRiskTags,
  reachedLevel,
  renewalAt,
} from "@pitboss/domain/compliance/kyc/case-policy";
import type { KycLevel } from "@pitboss/domain/compliance/standing";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import type { EventName } from "@pitboss/domain/ops/events";
import type { TakeNote } from "../../audit/with-audit.ts";
import { formatTrace } from "../../edge/problem.ts";
import { dueAfter } from "./case-clock.ts";

const eventOf: Partial<Record<CaseDecision, EventName>> = {
  approve: "kyc.verified",
  revoke: "kyc.revoked",
  renew: "kyc.revoked",
};
const needsCode: readonly CaseDecision[] = ["askAgain", "reject", "revoke", "renew"];

export interface Decision {
  readonly decision: CaseDecision;
  readonly reasonCode: CaseReason | null;
  readonly checked: readonly CaseCheck[];
  readonly reason: string;
  /** `staff:st_3`, `job:kyc-renewals`. */
  readonly by: string;
  /** Whose claim on the case does not stand in the way; null where nobody's does. */
  readonly claimer: bigint | null;
  readonly traceId: string | null;
  readonly now: Date;
}

export interface Decided {
  readonly caseId: string;
  readonly state: CaseState;
  readonly level: KycLevel;
}

/** What can be said of it before anything is locked. */
export function checkDecision(
  { state, level }: Pick<KycCase, "state" | "level">,
  { decision, reasonCode, checked }: Pick<Decision, "decision" | "reasonCode" | "checked">,
): Result<CaseState> {
  const next = stateAfter(state, decision);
  if (next === undefined) return err("CASE_STATE", `It is ${state}.`);
  if (needsCode.includes(decision) && reasonCode === null) {
    return err("REQUEST_INVALID", "The player has to be told why.", { fields: ["reasonCode"] });
  }
  const open = decision === "approve" ? findUnchecked(level, checked) : [];
  return open.length === 0 ? ok(next) : err("CHECKLIST_OPEN", `Still open: ${open.join(", ")}.`, { open });
}

export async function settleDecision(
  tx: Transaction,
  note: TakeNote,
  found: Pick<KycCase, "id" | "playerId">,
  given: Decision,
): Promise<Result<Decided>> {
  const { decision, reasonCode: reason, checked, by, now } = given;
  const cases = await lockPlayerCases(tx, found.playerId);
  const current = cases.find(({ id }) => id === found.id);
  if (current === undefined) return err("CASE_NOT_FOUND");
  const claimed = current.claimedBy !== null && (current.claimedUntil?.getTime() ?? 0) > now.getTime();
  if (claimed && given.claimer !== null && current.claimedBy !== given.claimer) return err("CASE_CLAIMED");
  const state = checkDecision(current, given);
  if (!state.ok) return state;
  const before = (await readStanding(tx, found.playerId))?.kycLevel ?? 0;
  const level = levelAfter(before, current, cases, decision);
  if (!level.ok) return level;
  const renewAt = decision === "approve" ? await renewalOf(tx, current, now) : null;
  const dueAt =
    decision === "resume" && current.dueAt === null ? { dueAt: await dueAfter(tx, found.playerId, now) } : {};
  const change = { state: state.value, reason, decidedAt: now, decidedBy: by, renewAt, remindedAt: null, ...dueAt };
  await changeCase(tx, found.id, change);
  const step = { caseId: found.id, event: decision, fromState: current.state, toState: state.value, by, checked };
  await insertKycStep(tx, { ...step, reason, note: given.reason });
  if (level.value !== before) await setKycLevel(tx, found.playerId, level.value);
  const caseId = formatId("kycCase", found.id);
  const told = eventOf[decision];
  if (told !== undefined) {
    const playerId = formatId("player", found.playerId);
    const traceId = formatTrace(given.traceId ?? randomUUID());
    await noteEvent(tx, { type: told, playerId, traceId, subject: caseId, caseId, level: level.value });
  }
  note({
    action: `kyc.${decision}`,
    subject: { kind: "player", id: formatId("player", found.playerId) },
    reason: given.reason,
    before: { case: caseId, state: current.state, level: before },
    after: {
      ...{ case: caseId, state: state.value, level: level.value },
      ...(reason === null ? {} : { told: reason }),
      ...(checked.length === 0 ? {} : { checked: [...checked] }),
    },
  });
  return ok({ caseId, state: state.value, level: level.value });
}

/**
 * Levels are reached one after the other, and lost from the one that turned out wrong on. What stands above a level that
 * was asked for anew, and was never in doubt itself, counts again once the lower one is approved.
 */
function levelAfter(
  before: KycLevel,
  { level, id }: KycCase,
  cases: readonly KycCase[],
  decision: CaseDecision,
): Result<KycLevel> {
  if (decision === "approve") {
    if (level !== before + 1) return err("CASE_STATE", `The player stands at level ${before}.`);
    const approved = cases.filter((one) => one.id === id || one.state === "APPROVED").map((one) => one.level);
    return ok(Math.max(level, reachedLevel(approved)) as KycLevel);
  }
  return ok(decision === "revoke" || decision === "renew" ? (Math.min(before, level - 1) as KycLevel) : before);
}

async function renewalOf(tx: Transaction, { id, playerId }: KycCase, now: Date): Promise<Date> {
  const player = await findPlayer(tx, playerId);
  const highRisk = player?.tags.some((tag) => highRiskTags.includes(tag)) ?? false;
  return new Date(renewalAt(now.getTime(), highRisk, await listDocuments(tx, id)));
}

/** Whether an approval of it was taken back before, by a person or on the word of the vendor. */
export async function wasTakenBack(tx: Parameters<typeof listKycSteps>[0], caseId: bigint): Promise<boolean> {
  return (await listKycSteps(tx, caseId)).some(({ event }) => event === "revoke" || event === "reopen");
}
