/** Exclusions of players, and what became of them. */
import type { Exclusion, ExclusionKind, ExclusionState } from "@pitboss/domain/compliance/exclusion";
import { sql } from "drizzle-orm";
import { type Executor, queryRows, readInstant, readInstantOrNull } from "../kernel/executor.ts";

export interface ExclusionRecord extends Exclusion {
  readonly id: bigint;
  readonly playerId: bigint;
  readonly requestedBy: string;
  readonly reason: string | null;
  readonly cameFrom: bigint | null;
  readonly reactivationAskedAt: Date | null;
  readonly reactivationReason: string | null;
}

interface Row {
  readonly id: string;
  readonly player_id: string;
  readonly kind: ExclusionKind;
  readonly state: ExclusionState;
  readonly starts_at: string;
  readonly ends_at: string | null;
  readonly requested_by: string;
  readonly reason: string | null;
  readonly came_from: string | null;
  readonly reactivation_asked_at: string | null;
  readonly reactivation_reason: string | null;
  readonly lifts_at: string | null;
}

/** Newest first. */
export async function listExclusions(db: Executor, playerId: bigint): Promise<ExclusionRecord[]> {
  const rows = await queryRows<Row>(
    db,
    sql`SELECT * FROM player_exclusions WHERE player_id = ${playerId} ORDER BY id DESC`,
  );
  return rows.map(readRow);
}

export async function findExclusion(db: Executor, id: bigint): Promise<ExclusionRecord | undefined> {
  const [row] = await queryRows<Row>(db, sql`SELECT * FROM player_exclusions WHERE id = ${id}`);
  return row && readRow(row);
}

export interface ExclusionFilter {
  readonly state?: ExclusionState | undefined;
  readonly kind?: ExclusionKind | undefined;
  readonly before?: bigint | undefined;
  readonly limit: number;
}

/** Of all players, newest first, by keyset. */
export async function searchExclusions(db: Executor, filter: ExclusionFilter): Promise<ExclusionRecord[]> {
  const rows = await queryRows<Row>(
    db,
    sql`SELECT * FROM player_exclusions
         WHERE id < ${filter.before ?? 1n << 62n}
           AND (${filter.state ?? null}::text IS NULL OR state = ${filter.state ?? null})
           AND (${filter.kind ?? null}::text IS NULL OR kind = ${filter.kind ?? null})
         ORDER BY id DESC LIMIT ${filter.limit}`,
  );
  return rows.map(readRow);
}

export async function insertExclusion(
  db: Executor,
  exclusion: Pick<ExclusionRecord, "playerId" | "kind" | "endsAtMs" | "requestedBy" | "reason" | "cameFrom"> & {
    readonly startsAt: Date;
  },
): Promise<bigint> {
  const endsAt = exclusion.endsAtMs === null ? null : new Date(exclusion.endsAtMs).toISOString();
  const [row] = await queryRows<{ id: string }>(
    db,
    sql`INSERT INTO player_exclusions (player_id, kind, starts_at, ends_at, requested_by, reason, came_from)
        VALUES (${exclusion.playerId}, ${exclusion.kind}, ${exclusion.startsAt.toISOString()}::timestamptz,
                ${endsAt}::timestamptz, ${exclusion.requestedBy}, ${exclusion.reason}, ${exclusion.cameFrom})
        RETURNING id`,
  );
  return BigInt(row?.id ?? 0);
}

export interface ExclusionChange {
  readonly state: ExclusionState;
  readonly askedAt?: Date;
  readonly askedReason?: string;
  readonly liftsAtMs?: number;
}

export async function moveExclusion(db: Executor, id: bigint, change: ExclusionChange): Promise<void> {
  const liftsAt = change.liftsAtMs === undefined ? null : new Date(change.liftsAtMs).toISOString();
  await db.execute(sql`
    UPDATE player_exclusions
       SET state = ${change.state},
           reactivation_asked_at = coalesce(${change.askedAt?.toISOString() ?? null}::timestamptz, reactivation_asked_at),
           reactivation_reason = coalesce(${change.askedReason ?? null}, reactivation_reason),
           lifts_at = coalesce(${liftsAt}::timestamptz, lifts_at)
     WHERE id = ${id}`);
}

/** Exclusions that time has moved: their state is written as it is now. How many there were. */
export async function settleExclusions(db: Executor, most: number): Promise<number> {
  const { rowCount } = await db.execute(sql`
    WITH due AS (
      SELECT id FROM player_exclusions
       WHERE (state = 'ACTIVE' AND ends_at <= clock_timestamp()) OR (state = 'COOLING_OFF' AND lifts_at <= clock_timestamp())
       ORDER BY id LIMIT ${most} FOR UPDATE SKIP LOCKED
    )
    UPDATE player_exclusions e
       SET state = CASE WHEN e.state = 'COOLING_OFF' OR e.kind IN ('TIME_OUT', 'PANIC') THEN 'LIFTED' ELSE 'TERM_ENDED' END
      FROM due WHERE e.id = due.id`);
  return rowCount ?? 0;
}

function readRow(row: Row): ExclusionRecord {
  return {
    id: BigInt(row.id),
    playerId: BigInt(row.player_id),
    kind: row.kind,
    state: row.state,
    startsAtMs: readInstant(row.starts_at).getTime(),
    endsAtMs: readInstantOrNull(row.ends_at)?.getTime() ?? null,
    liftsAtMs: readInstantOrNull(row.lifts_at)?.getTime() ?? null,
    requestedBy: row.requested_by,
    reason: row.reason,
    cameFrom: row.came_from === null ? null : BigInt(row.came_from),
    reactivationAskedAt: readInstantOrNull(row.reactivation_asked_at),
    reactivationReason: row.reactivation_reason,
  };
}
