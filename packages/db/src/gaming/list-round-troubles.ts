/** Rounds that somebody should look at, a kind at a time: those that wait, late results, tombstones. */
import { type Currency, currencyOfNumber } from "@pitboss/domain/wallet/currency";
import { type RoundStatus, roundStatusOf } from "@pitboss/domain/wallet/ledger-codes";
import { type SQL, sql } from "drizzle-orm";
import { type Executor, queryRows } from "../kernel/executor.ts";

/** What the audit log calls a trouble that somebody took out of the inbox: that row is what takes it out. */
export const troubleSubject = "roundTrouble";

/** SQL: the subject of a late result's row in the audit log. */
const lateSubject = sql`'late:' || t.bet_id || '.' || t.number`;
const tombstoneSubject = sql`'tombstone:' || o.batch || '.' || e.place`;
const isResolved = (subject: SQL): SQL => sql`EXISTS (
  SELECT FROM audit_log a WHERE a.subject_kind = ${troubleSubject} AND a.subject_id = ${subject} AND a.action = 'round.resolve')`;

export function lateSubjectOf({ betId, number }: Pick<LateResultRow, "betId" | "number">): string {
  return `late:${betId}.${number}`;
}

export function tombstoneSubjectOf({ batch, place }: Pick<TombstoneRow, "batch" | "place">): string {
  return `tombstone:${batch}.${place}`;
}

interface Who {
  readonly playerId: bigint;
  readonly nickname: string;
}

interface OfRound extends Who {
  readonly providerCode: string;
  readonly roundRef: string;
  readonly currency: Currency;
}

export interface WaitingRoundRow extends OfRound {
  /** The oldest bet of the round that is still held; its id is its time. */
  readonly oldestBet: bigint;
  readonly bets: number;
  /** Of their stakes, minor units. */
  readonly held: bigint;
  readonly staleAfterMs: number;
  readonly status: RoundStatus;
  readonly partlySettled: boolean;
}

/**
 * Oldest first, after that bet. The list of waiting bets is short, so it is read as a whole and put together by round;
 * whoever asks for one provider, currency or player gets a part of the same.
 */
export function listWaitingRoundsStatement(now: Date, after: bigint, limit: number): SQL {
  return sql`
    WITH waiting AS (
      SELECT min(b.id) AS oldest, b.player_id, g.provider_id, b.round_hash, b.round_ref, b.currency, count(*) AS bets,
             sum(b.stake - coalesce(t.settled, 0))::bigint AS held, bool_or(t.settled IS NOT NULL) AS in_part
        FROM waiting_bets w
        JOIN bets b ON b.id = w.bet_id
        JOIN games g ON g.id = b.game_id
        LEFT JOIN LATERAL (
          SELECT sum(settled_cash + settled_bonus)::bigint AS settled, (array_agg(status ORDER BY number DESC))[1] AS status
            FROM bet_transitions WHERE bet_id = b.id) t ON true
       WHERE coalesce(t.status, 1) = 1
       GROUP BY b.player_id, g.provider_id, b.round_hash, b.round_ref, b.currency),
    page AS (
      SELECT w.*, v.code, v.stale_after_minutes
        FROM waiting w JOIN providers v ON v.id = w.provider_id
       WHERE w.oldest > ${after}
         AND w.oldest < first_transaction_id_at(${now.toISOString()}::timestamptz - make_interval(mins => v.stuck_after_minutes))
       ORDER BY w.oldest LIMIT ${limit})
    SELECT p.oldest, p.player_id, l.nickname, p.code, p.round_ref, p.currency, p.bets, p.held, p.stale_after_minutes,
           coalesce(r.status, 1) AS status,
           p.in_part OR EXISTS (
             SELECT FROM bets o JOIN bet_transitions t ON t.bet_id = o.id AND t.status IN (2, 3)
              WHERE o.round_hash = p.round_hash AND o.player_id = p.player_id AND o.round_ref = p.round_ref) AS in_part
      FROM page p
      JOIN players l ON l.id = p.player_id
      LEFT JOIN rounds r ON r.round_hash = p.round_hash AND r.player_id = p.player_id
                        AND r.provider_id = p.provider_id AND r.round_ref = p.round_ref
     ORDER BY p.oldest`;
}

export async function listWaitingRounds(
  db: Executor,
  now: Date,
  after: bigint,
  limit: number,
): Promise<WaitingRoundRow[]> {
  const rows = await queryRows<{
    oldest: string;
    player_id: string;
    nickname: string;
    code: string;
    round_ref: string;
    currency: number;
    bets: string;
    held: string;
    stale_after_minutes: number;
    status: number;
    in_part: boolean;
  }>(db, listWaitingRoundsStatement(now, after, limit));
  return rows.map((row) => ({
    oldestBet: BigInt(row.oldest),
    playerId: BigInt(row.player_id),
    nickname: row.nickname,
    providerCode: row.code,
    roundRef: row.round_ref,
    currency: currencyOfNumber(row.currency),
    bets: Number(row.bets),
    held: BigInt(row.held),
    staleAfterMs: row.stale_after_minutes * 60_000,
    status: roundStatusOf(row.status),
    partlySettled: row.in_part,
  }));
}

export interface LateResultRow extends OfRound {
  readonly betId: bigint;
  /** Tells apart the steps of one bet. */
  readonly number: number;
  readonly transactionId: bigint;
  /** What the step paid, gross, minor units. */
  readonly paid: bigint;
}

/** Newest first, before that transaction; without those that somebody has taken out. */
export function listLateResultsStatement(before: bigint, limit: number): SQL {
  const page = sql`SELECT * FROM bet_transitions t WHERE late AND transaction_id < ${before} AND NOT ${isResolved(lateSubject)}
                    ORDER BY transaction_id DESC LIMIT ${limit}`;
  return lateResultsOf(page);
}

function lateResultsOf(page: SQL): SQL {
  return sql`
    SELECT t.bet_id, t.number, t.transaction_id, b.player_id, l.nickname, v.code, b.round_ref, b.currency,
           t.paid_cash + t.paid_bonus - coalesce(earlier.paid_cash + earlier.paid_bonus, 0) AS paid
      FROM (${page}) t
      JOIN bets b ON b.id = t.bet_id
      JOIN games g ON g.id = b.game_id
      JOIN providers v ON v.id = g.provider_id
      JOIN players l ON l.id = b.player_id
      LEFT JOIN bet_transitions earlier ON earlier.bet_id = t.bet_id AND earlier.number = t.number - 1
     ORDER BY t.transaction_id DESC`;
}

export function listLateResults(db: Executor, before: bigint, limit: number): Promise<LateResultRow[]> {
  return readLateResults(db, listLateResultsStatement(before, limit));
}

/** Undefined where it is none, or somebody has taken it out. */
export async function findLateResult(db: Executor, betId: bigint, number: number): Promise<LateResultRow | undefined> {
  const page = sql`SELECT * FROM bet_transitions t
                    WHERE late AND bet_id = ${betId} AND number = ${number} AND NOT ${isResolved(lateSubject)}`;
  return (await readLateResults(db, lateResultsOf(page)))[0];
}

async function readLateResults(db: Executor, statement: SQL): Promise<LateResultRow[]> {
  const rows = await queryRows<{
    bet_id: string;
    number: number;
    transaction_id: string;
    player_id: string;
    nickname: string;
    code: string;
    round_ref: string;
    currency: number;
    paid: string;
  }>(db, statement);
  return rows.map((row) => ({
    betId: BigInt(row.bet_id),
    number: row.number,
    transactionId: BigInt(row.transaction_id),
    playerId: BigInt(row.player_id),
    nickname: row.nickname,
    providerCode: row.code,
    roundRef: row.round_ref,
    currency: currencyOfNumber(row.currency),
    paid: BigInt(row.paid),
  }));
}

export interface TombstoneRow {
  readonly batch: bigint;
  /** Place among the batch's events. */
  readonly place: number;
  /** The public id. */
  readonly playerId: string;
  /** The rollback's own request id. */
  readonly requestId: string;
  /** The key of the request that may place no bet any more. */
  readonly requestKey: string;
}

/** Newest first, before that batch: all of a batch's that nobody has taken out, so that a page ends where a batch does. */
export function listTombstonesStatement(before: bigint, limit: number): SQL {
  return sql`
    SELECT o.batch, e.place::integer AS place, e.event->>'playerId' AS player_id, e.event->>'requestId' AS request_id,
           e.event->>'requestKey' AS request_key
      FROM (SELECT batch, events FROM outbox o
             WHERE events @> '[{"type": "bet.tombstoned"}]' AND batch < ${before}
               AND EXISTS (SELECT FROM jsonb_array_elements(o.events) WITH ORDINALITY e (event, place)
                            WHERE e.event->>'type' = 'bet.tombstoned' AND NOT ${isResolved(tombstoneSubject)})
             ORDER BY batch DESC LIMIT ${limit}) o
      CROSS JOIN LATERAL jsonb_array_elements(o.events) WITH ORDINALITY e (event, place)
     WHERE e.event->>'type' = 'bet.tombstoned' AND NOT ${isResolved(tombstoneSubject)}
     ORDER BY o.batch DESC, e.place`;
}

export async function listTombstones(db: Executor, before: bigint, limit: number): Promise<TombstoneRow[]> {
  const rows = await queryRows<{
    batch: string;
    place: number;
    player_id: string;
    request_id: string;
    request_key: string;
  }>(db, listTombstonesStatement(before, limit));
  return rows.map((row) => ({
    batch: BigInt(row.batch),
    place: row.place,
    playerId: row.player_id,
    requestId: row.request_id,
    requestKey: row.request_key,
  }));
}

/** Of these requests of these players, the ones that came after all and met their tombstone. */
export async function findMetTombstones(
  db: Executor,
  tombstones: readonly { readonly playerId: bigint; readonly requestKey: string }[],
): Promise<ReadonlyMap<string, { readonly nickname: string; readonly met: boolean }>> {
  const players = `{${tombstones.map(({ playerId }) => playerId).join(",")}}`;
  const keys = `{${tombstones.map(({ requestKey }) => requestKey).join(",")}}`;
  const rows = await queryRows<{ key: string; nickname: string; met: boolean }>(
    db,
    sql`SELECT n.key, l.nickname, EXISTS (
                 SELECT FROM denials d
                  WHERE d.player_id = n.player_id AND d.request_key = n.key AND d.code = 'BET_ROLLED_BACK') AS met
          FROM unnest(${players}::bigint[], ${keys}::uuid[]) AS n (player_id, key)
          JOIN players l ON l.id = n.player_id`,
  );
  return new Map(rows.map(({ key, nickname, met }) => [key, { nickname, met }]));
}
