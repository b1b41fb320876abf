/**
 * What the first page counts, in one statement: each tile is one look into an index that holds what waits alone, and
 * counts no further than is worth reading.
 */
import type { TileId } from "@pitboss/domain/ops/overview-tiles";
import { type SQL, sql } from "drizzle-orm";
import { type Executor, queryRows, readInstantOrNull } from "../kernel/executor.ts";

export interface TileCount {
  readonly tile: TileId;
  /** Counted up to `mostCounted`; that number itself means as many or more. */
  readonly count: number;
  /** Of those: overdue; null where nothing is due. */
  readonly late: number | null;
  /** Since when the oldest waits. */
  readonly since: Date | null;
}

export const mostCounted = 10_000;

/** Rows of `since` and `due` of what waits; both may be null. `now` is the engine's clock. */
const waiting: Readonly<Record<TileId, (now: Date) => SQL>> = {
  payoutsWaiting: (now) => sql`
    SELECT stage_at AS since, due_at AS due FROM payouts
     WHERE state IN ('IN_REVIEW', 'FIRST_APPROVED') AND (snoozed_until IS NULL OR snoozed_until <= ${now})`,
  payoutsLate: (now) => sql`SELECT due_at AS since, due_at AS due FROM payouts WHERE due_at < ${now}`,
  payoutsUnknown: () => sql`
    SELECT stage_at AS since, due_at AS due FROM payouts WHERE due_at IS NOT NULL AND state = 'UNKNOWN'`,
  depositsPending: () =>
    sql`SELECT created_at AS since, NULL::timestamptz AS due FROM deposits WHERE state = 'PENDING'`,
  chargebacksOpen: () => sql`SELECT opened_at AS since, due_at AS due FROM chargebacks WHERE state = 'OPENED'`,
  webhooksDead: () => sql`SELECT received_at AS since, NULL::timestamptz AS due FROM psp_webhooks WHERE state = 'DEAD'`,
  pspsPaused: () => sql`
    SELECT made_at AS since, NULL::timestamptz AS due
      FROM (SELECT DISTINCT ON (psp) made_at, paused FROM psp_controls ORDER BY psp, id DESC) newest WHERE paused`,
  kycWaiting: () => sql`SELECT submitted_at AS since, due_at AS due FROM kyc_cases WHERE state = 'PENDING'`,
  screeningHits: () => sql`SELECT found_at AS since, NULL::timestamptz AS due FROM screening_hits WHERE state = 'OPEN'`,
  reactivations: () => sql`
    SELECT reactivation_asked_at AS since, reactivation_asked_at + interval '7 days' AS due
      FROM player_exclusions WHERE state = 'REACTIVATION_REQUESTED'`,
  exclusionsActive: () => sql`
    SELECT NULL::timestamptz AS since, NULL::timestamptz AS due FROM player_exclusions WHERE state = 'ACTIVE'`,
  playersNew: (now) => sql`
    SELECT NULL::timestamptz AS since, NULL::timestamptz AS due FROM players
     WHERE created_at >= ${`${now.toISOString().slice(0, 10)}T00:00:00Z`}::timestamptz`,
  playersLocked: () => sql`
    SELECT NULL::timestamptz AS since, NULL::timestamptz AS due FROM players WHERE status = 2 AND status <> 1`,
  betsWaiting: () => sql`SELECT noticed_at AS since, NULL::timestamptz AS due FROM waiting_bets`,
  providersPaused: () => sql`
    SELECT paused_at AS since, NULL::timestamptz AS due FROM providers WHERE paused_at IS NOT NULL`,
  daysOff: () => sql`
    SELECT closed_at AS since, NULL::timestamptz AS due
      FROM (SELECT DISTINCT ON (day) closed_at, status FROM report_closings ORDER BY day, revision DESC) newest
     WHERE status = 'OFF'`,
  proposalsOpen: (now) => sql`
    SELECT proposed_at AS since, NULL::timestamptz AS due FROM approvals WHERE status = 'PROPOSED' AND expires_at > ${now}`,
  auditUnsealed: () => sql`SELECT NULL::timestamptz AS since, NULL::timestamptz AS due FROM audit_unsealed`,
  staffInvited: () => sql`SELECT created_at AS since, NULL::timestamptz AS due FROM staff WHERE status = 'INVITED'`,
  staffSuspended: () =>
    sql`SELECT NULL::timestamptz AS since, NULL::timestamptz AS due FROM staff WHERE status = 'SUSPENDED'`,
};

export async function countTiles(db: Executor, tiles: readonly TileId[], now: Date): Promise<TileCount[]> {
  if (tiles.length === 0) return [];
  const parts = tiles.map(
    (tile) => sql`
      SELECT ${tile}::text AS tile, count(*) AS count, count(due) AS dated, count(*) FILTER (WHERE due < ${now}) AS late,
             min(since) AS since
        FROM (${waiting[tile](now)} LIMIT ${mostCounted}) waiting`,
  );
  const rows = await queryRows<{ tile: TileId; count: string; dated: string; late: string; since: string | null }>(
    db,
    sql.join(parts, sql` UNION ALL `),
  );
  const byTile = new Map(rows.map((row) => [row.tile, row]));
  return tiles.flatMap((tile) => {
    const row = byTile.get(tile);
    if (row === undefined) return [];
    return [
      {
        tile,
        count: Number(row.count),
        late: row.dated === "0" ? null : Number(row.late),
        since: readInstantOrNull(row.since),
      },
    ];
  });
}
