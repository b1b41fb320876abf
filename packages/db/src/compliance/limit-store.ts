/** Players' own limits: those that hold, those that wait, and what became of all others. */
import type { LimitPeriod } from "@pitboss/domain/compliance/limit-window";
import type { LimitAmount, LimitKey, LimitKind, LimitState } from "@pitboss/domain/compliance/player-limit";
import type { Currency } from "@pitboss/domain/wallet/currency";
import { sql } from "drizzle-orm";
import { type Executor, queryRows, readInstant, readInstantOrNull } from "../kernel/executor.ts";

export interface LimitRecord extends LimitKey {
  readonly id: bigint;
  readonly playerId: bigint;
  readonly amount: LimitAmount;
  readonly state: LimitState;
  readonly requestedBy: string;
  readonly requestedAt: Date;
  readonly readyAt: Date | null;
  readonly lapsesAt: Date | null;
  readonly decidedAt: Date | null;
}

interface Row {
  readonly id: string;
  readonly player_id: string;
  readonly kind: LimitKind;
  readonly period: LimitPeriod;
  readonly currency: Currency | null;
  readonly amount: string | null;
  readonly state: LimitState;
  readonly requested_by: string;
  readonly requested_at: string;
  readonly ready_at: string | null;
  readonly lapses_at: string | null;
  readonly decided_at: string | null;
}

/** Those that hold or wait. */
export async function listOpenLimits(db: Executor, playerId: bigint): Promise<LimitRecord[]> {
  const rows = await queryRows<Row>(
    db,
    sql`SELECT * FROM player_limits WHERE player_id = ${playerId} AND state IN ('CONFIRMED', 'PENDING', 'READY')
         ORDER BY kind, period, currency, id`,
  );
  return rows.map(readRow);
}

/** All that were ever asked for, newest first. */
export async function listLimitHistory(db: Executor, playerId: bigint, limit: number): Promise<LimitRecord[]> {
  const rows = await queryRows<Row>(
    db,
    sql`SELECT * FROM player_limits WHERE player_id = ${playerId} ORDER BY id DESC LIMIT ${limit}`,
  );
  return rows.map(readRow);
}

export async function insertLimit(
  db: Executor,
  limit: LimitKey &
    Pick<LimitRecord, "playerId" | "amount" | "requestedBy" | "requestedAt" | "readyAt" | "lapsesAt"> & {
      readonly state: "CONFIRMED" | "PENDING";
    },
): Promise<bigint> {
  const iso = (date: Date | null): string | null => date?.toISOString() ?? null;
  const [row] = await queryRows<{ id: string }>(
    db,
    sql`INSERT INTO player_limits (player_id, kind, period, currency, amount, state, requested_by, requested_at, ready_at, lapses_at)
        VALUES (${limit.playerId}, ${limit.kind}, ${limit.period}, ${limit.currency}, ${limit.amount}, ${limit.state},
                ${limit.requestedBy}, ${iso(limit.requestedAt)}::timestamptz, ${iso(limit.readyAt)}::timestamptz,
                ${iso(limit.lapsesAt)}::timestamptz)
        RETURNING id`,
  );
  return BigInt(row?.id ?? 0);
}

export async function setLimitState(db: Executor, id: bigint, state: LimitState, now: Date): Promise<void> {
  await db.execute(
    sql`UPDATE player_limits SET state = ${state}, decided_at = ${now.toISOString()}::timestamptz WHERE id = ${id}`,
  );
}

/** Limits that time has moved and nobody has looked at since: their new state, written; the oldest first. */
export async function ripenLimits(db: Executor, most: number): Promise<LimitRecord[]> {
  const rows = await queryRows<Row>(
    db,
    sql`WITH due AS (
          SELECT id, CASE WHEN lapses_at <= clock_timestamp() THEN 'LAPSED' ELSE 'READY' END AS next
            FROM player_limits
           WHERE (state = 'PENDING' AND ready_at <= clock_timestamp())
              OR (state = 'READY' AND ready_at <= clock_timestamp() AND lapses_at <= clock_timestamp())
           ORDER BY ready_at LIMIT ${most} FOR UPDATE SKIP LOCKED
        )
        UPDATE player_limits l SET state = due.next, decided_at = CASE WHEN due.next = 'LAPSED' THEN clock_timestamp() END
          FROM due WHERE l.id = due.id RETURNING l.*`,
  );
  return rows.map(readRow);
}

function readRow(row: Row): LimitRecord {
  return {
    id: BigInt(row.id),
    playerId: BigInt(row.player_id),
    kind: row.kind,
    period: row.period,
    currency: row.currency,
    amount: row.amount === null ? null : BigInt(row.amount),
    state: row.state,
    requestedBy: row.requested_by,
    requestedAt: readInstant(row.requested_at),
    readyAt: readInstantOrNull(row.ready_at),
    lapsesAt: readInstantOrNull(row.lapses_at),
    decidedAt: readInstantOrNull(row.decided_at),
  };
}
