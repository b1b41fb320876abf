/**
 * Taking a round out of the inbox of troubles. One that still holds stakes leaves it when nothing is held any more, so there
 * the action is carried out: what is too old is proposed to be voided. A late result or a tombstone has moved its money
 * already; somebody compares it with the provider's round and says what they found, and that is its end.
 */
import {
  findLateResult,
  lateSubjectOf,
  listTombstones,
  listWaitingRounds,
  tombstoneSubjectOf,
  troubleSubject,
  type WaitingRoundRow,
} from "@pitboss/db/gaming/list-round-troubles";
import { findProposedBets } from "@pitboss/db/identity/approval-bets-store";
import { judgeLateResult, judgeWaitingRound } from "@pitboss/domain/gaming/judge-round";
import type { JsonObject } from "@pitboss/domain/kernel/json";
import { formatId, parseId } from "@pitboss/domain/kernel/public-id";
import { type Failure, ok } from "@pitboss/domain/kernel/result";
import { formatMinor } from "@pitboss/domain/wallet/money";
import { transactionTimeMs } from "@pitboss/domain/wallet/transaction-id";
import { z } from "zod";
import { withAudit } from "../../../audit/with-audit.ts";
import { orThrow, throwFailure } from "../../../edge/trpc/failure.ts";
import { reasonInput } from "../../../edge/trpc/inputs.ts";
import { type Look, planned } from "../../../edge/trpc/plan.ts";
import { createCaller, router, staffProcedure } from "../../../edge/trpc/procedure.ts";
import type { StaffDeps } from "../../../identity/staff-deps.ts";
import { proposeVoid } from "../voids/propose-void.ts";

/** What the inbox calls a row: a waiting round by its oldest bet, a late result by bet and step, a tombstone by its event. */
const troubleId = z.string().min(1).max(60);

type Found =
  | {
      readonly kind: "WAITING";
      readonly row: WaitingRoundRow;
      readonly approval: bigint | undefined;
      readonly ageMs: number;
    }
  | { readonly kind: "TO_COMPARE"; readonly subject: string; readonly what: string; readonly before: JsonObject };

/** Says that a late result or a tombstone was looked at, and takes it out. */
export const resolveTrouble = staffProcedure("round.resolve")
  .input(z.object({ troubleId, reason: reasonInput }))
  .mutation(async ({ ctx, input }): Promise<{ readonly troubleId: string; readonly state: "RESOLVED" }> => {
    const { deps, acting } = ctx;
    const found = await findTrouble(deps, input.troubleId);
    if (found === undefined) return throwFailure({ code: "RECORD_NOT_FOUND", detail: "The inbox has no such row." });
    if (found.kind === "WAITING") return throwFailure({ code: "ROUND_STILL_WAITS", detail: stillHeld });
    const { subject, before } = found;
    orThrow(
      await withAudit(deps.db, acting, (_tx, note) => {
        const after = { troubleId: input.troubleId, state: "RESOLVED" };
        note({
          action: "round.resolve",
          subject: { kind: troubleSubject, id: subject },
          reason: input.reason,
          before,
          after,
        });
        return Promise.resolve(ok(true));
      }),
    );
    return { troubleId: input.troubleId, state: "RESOLVED" };
  });

const stillHeld = "It still holds stakes: settle it, void it, or wait for its provider.";
const callerOf = createCaller(router({ resolveTrouble, proposeVoid }));

const planResolve = planned({
  action: "round.resolve",
  permission: "round.resolve",
  params: z.object({}),
  look: async ({ deps }, targets): Promise<Look[]> => {
    const looks: Look[] = [];
    for (const id of targets) {
      const found = await findTrouble(deps, id);
      looks.push(found === undefined ? { id, failure: { code: "RECORD_NOT_FOUND" } } : lookAt(id, found));
    }
    return looks;
  },
  apply: async ({ deps, trpc }, id, _params, reason): Promise<JsonObject> => {
    const found = await findTrouble(deps, id);
    if (found?.kind !== "WAITING") return { ...(await callerOf(trpc).resolveTrouble({ troubleId: id, reason })) };
    const { playerId, providerCode, roundRef } = found.row;
    const selection = {
      by: "round",
      playerId: formatId("player", playerId),
      provider: providerCode,
      roundId: roundRef,
    } as const;
    const { approvalId, status } = await callerOf(trpc).proposeVoid({ selection, reason });
    return { approvalId, status };
  },
});

export const planRoundTroubles = { roundResolve: planResolve };

function lookAt(id: string, found: Found): Look {
  if (found.kind === "TO_COMPARE") {
    const { what, before } = found;
    return { id, what, before, after: { state: "RESOLVED" } };
  }
  const { row, approval, ageMs } = found;
  const { trouble, cause, action } = judgeWaitingRound({ ...row, ageMs, proposed: approval !== undefined });
  const held = `${formatMinor(row.held, row.currency)} ${row.currency}`;
  if (action !== "VOID") return { id, failure: whyNot(approval) };
  const whose = `${formatId("player", row.playerId)}, ${row.providerCode} round ${row.roundRef}`;
  const what = `Propose to give ${held} of ${row.bets === 1 ? "a bet" : `${row.bets} bets`} back (${whose})`;
  return { id, what, before: { trouble, cause, held }, after: { proposed: "round.void" } };
}

function whyNot(approval: bigint | undefined): Failure {
  return approval === undefined
    ? { code: "ROUND_STILL_WAITS", detail: "Its provider may still tell it: ask there, or settle it by hand." }
    : { code: "NOTHING_CHANGES", detail: `${formatId("approval", approval)} proposes to void it.` };
}

async function findTrouble(deps: StaffDeps, id: string): Promise<Found | undefined> {
  const { db, clock } = deps;
  const [name = "", part] = id.split(".");
  const number = part !== undefined && /^[0-9]{1,9}$/.test(part) ? Number(part) : undefined;
  const betId = parseId("bet", name);
  if (betId !== undefined && part === undefined) {
    const now = clock.now();
    const [row] = await listWaitingRounds(db, new Date(now), betId - 1n, 1);
    if (row?.oldestBet !== betId) return undefined;
    const approval = (await findProposedBets(db, [betId])).get(betId);
    return { kind: "WAITING", row, approval, ageMs: Math.max(now - transactionTimeMs(betId), 0) };
  }
  if (number === undefined) return undefined;
  return betId === undefined ? findTombstone(deps, name, number) : findLate(deps, betId, number);
}

async function findLate({ db }: StaffDeps, betId: bigint, number: number): Promise<Found | undefined> {
  const row = await findLateResult(db, betId, number);
  if (row === undefined) return undefined;
  const paid = `${formatMinor(row.paid, row.currency)} ${row.currency}`;
  const { trouble, cause } = judgeLateResult();
  const whose = `${formatId("player", row.playerId)}, ${row.providerCode} round ${row.roundRef}`;
  const what = `Take the late result of ${paid} out (${whose})`;
  return { kind: "TO_COMPARE", subject: lateSubjectOf(row), what, before: { trouble, cause, paid } };
}

async function findTombstone({ db }: StaffDeps, name: string, place: number): Promise<Found | undefined> {
  if (!/^[0-9]{1,18}$/.test(name)) return undefined;
  const batch = BigInt(name);
  const rows = await listTombstones(db, batch + 1n, 1);
  const row = rows.find((one) => one.batch === batch && one.place === place);
  if (row === undefined) return undefined;
  const what = `Take the tombstone of ${row.requestId} out (${row.playerId})`;
  const before = { trouble: "TOMBSTONE", requestId: row.requestId, playerId: row.playerId };
  return { kind: "TO_COMPARE", subject: tombstoneSubjectOf(row), what, before };
}
