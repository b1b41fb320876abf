/**
 * Settlements by hand, under four eyes. What is proposed is every outcome, to the letter; what is applied is that, a round
 * at a time through the ledger's door. Each round has one request id for ever, so a run that was cut off goes through the
 * list again and nothing is paid twice.
 */
import { randomUUID } from "node:crypto";
import { auditStatementValues, writeAuditStatement } from "@pitboss/db/audit/write-audit";
import { findProviderId } from "@pitboss/db/gaming/provider-store";
import { type ApprovalRecord, setApprovalResult } from "@pitboss/db/identity/approval-store";
import { findDenial } from "@pitboss/db/wallet/first-answer";
import { mostSettledBets, type SettleContent } from "@pitboss/domain/identity/approval-content";
import { decideApproval } from "@pitboss/domain/identity/approval-machine";
import type { JsonObject } from "@pitboss/domain/kernel/json";
import { formatId, parseId } from "@pitboss/domain/kernel/public-id";
import { assert, err, type Failure, ok, type Result } from "@pitboss/domain/kernel/result";
import { formatMinor, parseAmount } from "@pitboss/domain/wallet/money";
import { type Acting, auditEntryOf } from "../../../audit/acting.ts";
import { approvalState } from "../../../identity/approvals/approval-view.ts";
import { finishApproval } from "../../../identity/approvals/finish-approval.ts";
import type { Described, KindHandler } from "../../../identity/approvals/kind-handler.ts";
import type { StaffDeps } from "../../../identity/staff-deps.ts";
import { nameRound } from "../../read-command.ts";
import { hash64, requestKey } from "../../request-key.ts";
import { type AskedOutcome, contentOf, type PlannedSettlement, planRounds, sumSettlement } from "./plan-settlement.ts";

export interface SettleInput {
  readonly outcomes: readonly AskedOutcome[];
  readonly reason: string;
}

type Round = SettleContent["rounds"][number];

export const settleHandler: KindHandler<SettleContent, SettleInput> = {
  async describe(deps, input) {
    return describeSettlement(await planRounds(deps, input.outcomes), input.reason);
  },
  apply: {
    where: "steps",
    run: ({ deps, acting, content, approval }) => applySettlements(deps, acting, approval, content),
  },
};

export function describeSettlement({ rounds, leftOut }: PlannedSettlement, reason: string): Result<Described> {
  const content = contentOf(rounds, reason);
  const [first] = content.rounds;
  if (first === undefined) {
    return { ok: false, error: leftOut[0]?.failure ?? { code: "BET_NOT_FOUND", detail: "There is no bet to settle." } };
  }
  if (content.count > mostSettledBets)
    return err("PROPOSAL_TOO_LARGE", `No more than ${mostSettledBets} bets at a time.`);
  const sums = sumSettlement(rounds);
  const won = rounds.flatMap(({ bets }) => bets).filter(({ outcome }) => outcome === "WIN").length;
  const what = content.count === 1 ? (first.bets[0]?.betId ?? "") : `${content.count} bets`;
  const decided = sums.map(({ amount, currency }) => `${formatMinor(amount, currency)} ${currency}`).join(", ");
  const of = content.players === 1 ? `of ${first.playerId}` : `of ${content.players} players`;
  return ok({
    content,
    summary: `Settle ${what} ${of} by hand, ${won} won: ${decided} are decided on`,
    subject:
      content.players === 1 ? { kind: "player", id: first.playerId } : { kind: "bets", id: `${content.count} settled` },
    sums,
    items: content.count,
  });
}

/** Settles what is not settled yet. A round that the rules refuse stays refused: its request id has got its answer. */
export async function applySettlements(
  deps: StaffDeps,
  acting: Acting,
  approval: ApprovalRecord,
  content: SettleContent,
): Promise<Result<JsonObject>> {
  const event = { type: "apply", contentHash: approval.contentHash } as const;
  const allowed = decideApproval(approvalState(approval), event, deps.clock.now());
  if (!allowed.ok) return allowed;
  const answers = await Promise.all(content.rounds.map((round) => settleRound(deps, acting, approval, content, round)));
  const refused: JsonObject[] = [];
  let settled = 0;
  let failed: Failure | undefined;
  for (const [index, answer] of answers.entries()) {
    const round = content.rounds[index];
    if (answer === undefined) settled += round?.bets.length ?? 0;
    else if ("failed" in answer) failed ??= answer.failed;
    else refused.push({ roundId: round?.roundId ?? "", playerId: round?.playerId ?? "", ...answer.refused });
  }
  const result: JsonObject = { settled, refused };
  if (failed === undefined) return finishApproval(deps, acting, approval, result);
  await setApprovalResult(deps.db, approval.id, { ...result, failed: failed.code });
  return { ok: false, error: failed };
}

/** Undefined where it is settled, now or by a run before; `failed` stood in the way of trying, so that it is tried again. */
async function settleRound(
  { lanes, db }: StaffDeps,
  acting: Acting,
  approval: ApprovalRecord,
  { reason }: SettleContent,
  { playerId: whose, provider, roundId, close, bets }: Round,
): Promise<{ readonly refused: JsonObject } | { readonly failed: Failure } | undefined> {
  const playerId = parseId("player", whose);
  const providerId = await findProviderId(db, provider);
  if (playerId === undefined || providerId === undefined) return { refused: { code: "ROUND_NOT_FOUND" } };
  const round = nameRound(providerId, playerId, roundId);
  const approvalId = formatId("approval", approval.id);
  const requestId = `${approvalId}:${round.hash}`;
  const entry = auditEntryOf(acting, {
    action: "bet.settle",
    subject: { kind: "player", id: whose },
    reason,
    before: { round: roundId, provider, bets: bets.map(({ betId, held, currency }) => ({ betId, held, currency })) },
    after: { round: roundId, close, bets: bets.map(({ betId, outcome, payout }) => ({ betId, outcome, payout })) },
    approvalId,
  });
  const answer = await lanes.submit({
    requestId,
    traceId: acting.traceId ?? randomUUID(),
    actor: `${acting.actorKind}:${acting.actorId}`,
    round,
    command: {
      type: "settle",
      playerId,
      requestKey: requestKey("approvals", requestId),
      bodyHash: hash64(`settle|${approval.contentHash}|${requestId}`),
      roundKey: round.key,
      results: bets.map(resultOf),
      close,
    },
    alongside: [{ statement: writeAuditStatement, values: auditStatementValues(entry) }],
  });
  if (answer.kind === "failed") return { failed: answer.failure };
  const { outcome } = answer.ran;
  if (outcome.kind === "refused") {
    const { code, detail } = outcome.decision.failure;
    return { refused: { code, ...(detail === undefined ? {} : { detail }) } };
  }
  if (outcome.kind !== "repeated" || outcome.request.kind !== "DENIED" || outcome.request.ref === null)
    return undefined;
  // It was refused by a run that was cut off before it could say so.
  const denial = await findDenial(db, outcome.request.ref);
  return {
    refused: { code: denial?.code ?? "INTERNAL", ...(denial?.detail == null ? {} : { detail: denial.detail }) },
  };
}

/** The part of the stake is named, so that a bet of which the provider has settled some meanwhile is refused. */
function resultOf({ betId, currency, held, outcome, payout }: Round["bets"][number]) {
  const number = parseId("bet", betId);
  const [part, paid] = [parseAmount(held, currency), parseAmount(payout ?? "0", currency)];
  assert(number !== undefined && part.ok && paid.ok, "what was approved is ids and amounts");
  return { bet: { betId: number }, outcome, currency, payout: paid.value, stakePart: part.value };
}
