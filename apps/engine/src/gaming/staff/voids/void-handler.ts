/**
 * Voids under four eyes. What is proposed is a list of bets, frozen with what each holds; what is applied is that list,
 * bet by bet through the ledger's door. Every bet has one request id for ever, and its mark is written in the
 * transaction of its void: a run that is cut off goes on where it was, and nothing is given back twice.
 */
import { randomUUID } from "node:crypto";
import { auditStatementValues, writeAuditStatement } from "@pitboss/db/audit/write-audit";
import {
  type ApprovalBet,
  countApprovalBets,
  insertApprovalBets,
  listApprovalBets,
  markRefused,
  markVoidedStatement,
  markVoidedValues,
  type RefusedBet,
} from "@pitboss/db/identity/approval-bets-store";
import { findDenial } from "@pitboss/db/wallet/first-answer";
import { type ApprovalRecord, setApprovalResult } from "@pitboss/db/identity/approval-store";
import { mostVoidBets, type VoidContent } from "@pitboss/domain/identity/approval-content";
import type { ApprovalKind } from "@pitboss/domain/identity/approval-kinds";
import { decideApproval } from "@pitboss/domain/identity/approval-machine";
import { hashVoidList, sumVoidList } from "@pitboss/domain/gaming/void-list";
import type { JsonObject } from "@pitboss/domain/kernel/json";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { err, type Failure, ok, type Result } from "@pitboss/domain/kernel/result";
import { formatMinor } from "@pitboss/domain/wallet/money";
import { type Acting, auditEntryOf } from "../../../audit/acting.ts";
import { approvalState } from "../../../identity/approvals/approval-view.ts";
import { finishApproval } from "../../../identity/approvals/finish-approval.ts";
import type { Described, KindHandler } from "../../../identity/approvals/kind-handler.ts";
import type { StaffDeps } from "../../../identity/staff-deps.ts";
import { hash64, requestKey } from "../../request-key.ts";
import { type Selected, selectBets, type VoidInput, type VoidSelection } from "./select-bets.ts";

export const voidKinds = ["bet.void", "round.void", "bets.void"] as const satisfies readonly ApprovalKind[];
type VoidKind = (typeof voidKinds)[number];

/** So many bets are voided within the call that approves them; longer lists are left to the job. */
const mostWithTheCall = 25;
/** Bets that are under way at a time: a good batch for the lanes, and little to wait for when the engine stops. */
const chunkSize = 200;

export const voidHandler: KindHandler<VoidContent, VoidInput> = {
  async describe(deps, input) {
    const selected = await selectBets(deps, input.selection);
    return selected.ok ? describeVoid(input, selected.value) : selected;
  },
  apply: {
    where: "steps",
    run: ({ deps, acting, content, approval }) => applyVoids(deps, acting, approval, content, "call"),
  },
};

export function voidKindOf({ by }: VoidSelection): VoidKind {
  return by === "bet" ? "bet.void" : by === "round" ? "round.void" : "bets.void";
}

export function describeVoid({ selection, reason }: VoidInput, { bets, leftOut }: Selected): Result<Described> {
  const [first] = bets;
  if (first === undefined) {
    const failure = leftOut[0]?.failure ?? { code: "BET_NOT_FOUND", detail: "No bet that is held was found." };
    return { ok: false, error: failure };
  }
  if (bets.length > mostVoidBets) return err("PROPOSAL_TOO_LARGE", `No more than ${mostVoidBets} bets at a time.`);
  const sums = sumVoidList(bets);
  const players = new Set(bets.map(({ playerId }) => playerId)).size;
  const content: VoidContent = {
    selection: keptSelection(selection),
    count: bets.length,
    players,
    sums: sums.map(({ amount, currency }) => ({ currency, amount: formatMinor(amount, currency) })),
    listHash: hashVoidList(bets),
    reason,
  };
  const back = content.sums.map(({ amount, currency }) => `${amount} ${currency}`).join(", ");
  const playerId = formatId("player", first.playerId);
  const of = players === 1 ? `to ${playerId}` : `to ${players} players`;
  const what = bets.length === 1 ? formatId("bet", first.betId) : `${bets.length} bets`;
  return ok({
    content,
    summary: `Void ${what}: ${back} back ${of}`,
    subject: players === 1 ? { kind: "player", id: playerId } : { kind: "bets", id: content.listHash.slice(0, 16) },
    sums,
    items: bets.length,
    attach: (tx, approvalId) => insertApprovalBets(tx, approvalId, bets),
  });
}

/** The selection as the second person reads it. A list is the frozen one, and not written twice. */
function keptSelection(selection: VoidSelection): VoidContent["selection"] {
  if (selection.by === "list") return { by: "list" };
  if (selection.by !== "filter") return selection;
  const filter: Record<string, string> = {};
  for (const [name, value] of Object.entries(selection.filter)) {
    if (value == null) continue;
    filter[name] = typeof value === "bigint" ? formatId("player", value) : value;
  }
  return { by: "filter", filter };
}

/**
 * Voids what of the list is still to be done. `call` leaves a long list to the job; `job` does one chunk and says in
 * `open` how many are left. A bet that the rules refuse stays refused: its request id has got its answer.
 */
export async function applyVoids(
  deps: StaffDeps,
  acting: Acting,
  approval: ApprovalRecord,
  content: VoidContent,
  by: "call" | "job",
): Promise<Result<JsonObject>> {
  const event = { type: "apply", contentHash: approval.contentHash } as const;
  const allowed = decideApproval(approvalState(approval), event, deps.clock.now());
  if (!allowed.ok) return allowed;
  const list = await listApprovalBets(deps.db, approval.id, { limit: content.count + 1 });
  if (hashVoidList(list) !== content.listHash)
    return err("APPROVAL_CHANGED", "The list is not the one of the proposal.");
  const open = list.filter(({ outcome }) => outcome === null);
  const now = by === "job" ? open.slice(0, chunkSize) : open.length <= mostWithTheCall ? open : [];
  const failure = await voidChunk(deps, acting, approval, content.reason, now);
  const counts = { ...(await countApprovalBets(deps.db, approval.id)) };
  if (counts.open === 0) return finishApproval(deps, acting, approval, counts);
  await setApprovalResult(deps.db, approval.id, counts);
  return failure === undefined ? ok(counts) : { ok: false, error: failure };
}

/** The first thing that stood in the way of trying a bet at all, so that it is to be tried again. */
async function voidChunk(
  deps: StaffDeps,
  acting: Acting,
  approval: ApprovalRecord,
  reason: string,
  bets: readonly ApprovalBet[],
): Promise<Failure | undefined> {
  const answers = await Promise.all(bets.map((bet) => voidOne(deps, acting, approval, reason, bet)));
  const refused: RefusedBet[] = [];
  let failed: Failure | undefined;
  for (const [index, answer] of answers.entries()) {
    const number = bets[index]?.number;
    if (answer === undefined || number === undefined) continue;
    if ("refused" in answer) refused.push({ number, failure: answer.refused });
    else failed ??= answer.failed;
  }
  if (refused.length > 0) await markRefused(deps.db, approval.id, refused);
  return failed;
}

async function voidOne(
  { lanes, db }: StaffDeps,
  acting: Acting,
  approval: ApprovalRecord,
  reason: string,
  { number, betId, playerId, currency, held }: ApprovalBet,
): Promise<{ readonly refused: JsonObject } | { readonly failed: Failure } | undefined> {
  const [approvalId, bet] = [formatId("approval", approval.id), formatId("bet", betId)];
  const requestId = `${approvalId}:${bet}`;
  const entry = auditEntryOf(acting, {
    action: "bet.void",
    subject: { kind: "player", id: formatId("player", playerId) },
    reason,
    before: { bet, status: "HELD", held: formatMinor(held, currency), currency },
    after: { bet, status: "VOIDED" },
    approvalId,
  });
  const answer = await lanes.submit({
    requestId,
    traceId: acting.traceId ?? randomUUID(),
    actor: `${acting.actorKind}:${acting.actorId}`,
    command: {
      type: "void",
      playerId,
      bet: { betId },
      held,
      reason,
      requestKey: requestKey("approvals", requestId),
      bodyHash: hash64(`void|${approval.contentHash}|${requestId}`),
    },
    alongside: [
      { statement: markVoidedStatement, values: markVoidedValues(approval.id, number) },
      { statement: writeAuditStatement, values: auditStatementValues(entry) },
    ],
  });
  if (answer.kind === "failed") return { failed: answer.failure };
  const { outcome } = answer.ran;
  if (outcome.kind === "refused")
    return { refused: failureJson(outcome.decision.failure.code, outcome.decision.failure.detail) };
  if (outcome.kind !== "repeated" || outcome.request.kind !== "DENIED" || outcome.request.ref === null)
    return undefined;
  // It was refused by a run that was cut off before it could mark it.
  const denial = await findDenial(db, outcome.request.ref);
  return { refused: failureJson(denial?.code ?? "INTERNAL", denial?.detail) };
}

function failureJson(code: string, detail: string | null | undefined): JsonObject {
  return { code, ...(detail == null ? {} : { detail }) };
}
