/** The rounds inbox: what is the matter with which round, for how long, and what to do about it. */
import {
  findMetTombstones,
  type LateResultRow,
  listLateResults,
  listTombstones,
  listWaitingRounds,
  type WaitingRoundRow,
} from "@pitboss/db/gaming/list-round-troubles";
import { findProposedBets } from "@pitboss/db/identity/approval-bets-store";
import { type Judgement, judgeLateResult, judgeTombstone, judgeWaitingRound } from "@pitboss/domain/gaming/judge-round";
import { formatId, parseId } from "@pitboss/domain/kernel/public-id";
import type { Currency } from "@pitboss/domain/wallet/currency";
import { formatMinor } from "@pitboss/domain/wallet/money";
import { firstIdOfBatch, transactionTimeMs } from "@pitboss/domain/wallet/transaction-id";
import { z } from "zod";
import { throwFailure } from "../../../edge/trpc/failure.ts";
import { type Page, pageOf } from "../../../edge/trpc/page.ts";
import { procedure } from "../../../edge/trpc/procedure.ts";
import type { StaffDeps } from "../../../identity/staff-deps.ts";

export interface RoundTroubleRow extends Judgement {
  /** Names the row in its list. */
  readonly troubleId: string;
  readonly playerId: string;
  readonly nickname: string;
  /** Provider, round and bet are not known of a rollback whose bet never came. */
  readonly provider: string | null;
  readonly roundId: string | null;
  /** The bet it is about, or the oldest of them. */
  readonly betId: string | null;
  readonly bets: number;
  /** Still held of a round that waits, paid by a late result. */
  readonly amount: { readonly amount: string; readonly currency: Currency } | null;
  readonly since: string;
  readonly ageSeconds: number;
  /** The proposal to void it that waits for a second person. */
  readonly approvalId: string | null;
  /** The request id of the rollback that left a tombstone. */
  readonly requestId: string | null;
}

const troubleBoxes = ["WAITING", "LATE_WINS", "TOMBSTONES"] as const;

const newest = (1n << 63n) - 1n;

/** Rounds that wait come oldest first, late results and tombstones newest first. */
export const listRoundTroubles = procedure("bet.read")
  .input(
    z.object({
      box: z.enum(troubleBoxes).default("WAITING"),
      cursor: z.string().max(20).nullish(),
      limit: z.int().min(1).max(200).default(50),
    }),
  )
  .query(async ({ ctx, input }): Promise<Page<RoundTroubleRow>> => {
    const { box, limit } = input;
    const cursor = readTroubleCursor(input.cursor);
    if (box === "WAITING") return listWaiting(ctx.deps, cursor ?? 0n, limit);
    if (box === "LATE_WINS") return listLate(ctx.deps, cursor ?? newest, limit);
    return listTombs(ctx.deps, cursor ?? newest, limit);
  });

function readTroubleCursor(cursor: string | null | undefined): bigint | undefined {
  if (cursor == null) return undefined;
  return /^[0-9]{1,19}$/.test(cursor) && BigInt(cursor) <= newest
    ? BigInt(cursor)
    : throwFailure({ code: "CURSOR_INVALID" });
}

async function listWaiting({ db, clock }: StaffDeps, after: bigint, limit: number): Promise<Page<RoundTroubleRow>> {
  const now = clock.now();
  const rows = await listWaitingRounds(db, new Date(now), after, limit + 1);
  const proposed = await findProposedBets(
    db,
    rows.map(({ oldestBet }) => oldestBet),
  );
  return pageOf(
    rows,
    limit,
    (row) => presentWaiting(row, proposed.get(row.oldestBet), now),
    (row) => String(row.oldestBet),
  );
}

function presentWaiting(row: WaitingRoundRow, approval: bigint | undefined, now: number): RoundTroubleRow {
  const { ageMs, ...times } = timesOf(transactionTimeMs(row.oldestBet), now);
  return {
    ...judgeWaitingRound({ ...row, ageMs, proposed: approval !== undefined }),
    ...times,
    troubleId: formatId("bet", row.oldestBet),
    playerId: formatId("player", row.playerId),
    nickname: row.nickname,
    provider: row.providerCode,
    roundId: row.roundRef,
    betId: formatId("bet", row.oldestBet),
    bets: row.bets,
    amount: { amount: formatMinor(row.held, row.currency), currency: row.currency },
    approvalId: approval === undefined ? null : formatId("approval", approval),
    requestId: null,
  };
}

async function listLate({ db, clock }: StaffDeps, before: bigint, limit: number): Promise<Page<RoundTroubleRow>> {
  const rows = await listLateResults(db, before, limit + 1);
  const now = clock.now();
  return pageOf(
    rows,
    limit,
    (row) => presentLate(row, now),
    (row) => String(row.transactionId),
  );
}

function presentLate(row: LateResultRow, now: number): RoundTroubleRow {
  const { ageMs: _ageMs, ...times } = timesOf(transactionTimeMs(row.transactionId), now);
  const betId = formatId("bet", row.betId);
  return {
    ...judgeLateResult(),
    ...times,
    troubleId: `${betId}.${row.number}`,
    playerId: formatId("player", row.playerId),
    nickname: row.nickname,
    provider: row.providerCode,
    roundId: row.roundRef,
    betId,
    bets: 1,
    amount: { amount: formatMinor(row.paid, row.currency), currency: row.currency },
    approvalId: null,
    requestId: null,
  };
}

/** `limit` counts batches: those of a batch stay together, so that a cursor can't fall between them. */
async function listTombs({ db, clock }: StaffDeps, before: bigint, limit: number): Promise<Page<RoundTroubleRow>> {
  const rows = await listTombstones(db, before, limit + 1);
  const batches = [...new Set(rows.map(({ batch }) => batch))];
  const last = batches[limit - 1];
  const kept = rows.flatMap((row) => {
    const playerId = parseId("player", row.playerId);
    return playerId === undefined || (last !== undefined && row.batch < last) ? [] : [{ ...row, player: playerId }];
  });
  const met = await findMetTombstones(
    db,
    kept.map(({ player, requestKey }) => ({ playerId: player, requestKey })),
  );
  const now = clock.now();
  return {
    rows: kept.map((row) => {
      const known = met.get(row.requestKey);
      const { ageMs: _ageMs, ...times } = timesOf(transactionTimeMs(firstIdOfBatch(row.batch)), now);
      return {
        ...judgeTombstone(known?.met === true),
        ...times,
        troubleId: `${row.batch}.${row.place}`,
        playerId: row.playerId,
        nickname: known?.nickname ?? "",
        provider: null,
        roundId: null,
        betId: null,
        bets: 0,
        amount: null,
        approvalId: null,
        requestId: row.requestId,
      };
    }),
    next: batches.length > limit && last !== undefined ? String(last) : null,
  };
}

function timesOf(
  sinceMs: number,
  now: number,
): { readonly since: string; readonly ageSeconds: number; readonly ageMs: number } {
  const ageMs = Math.max(now - sinceMs, 0);
  return { since: new Date(sinceMs).toISOString(), ageSeconds: Math.floor(ageMs / 1_000), ageMs };
}
