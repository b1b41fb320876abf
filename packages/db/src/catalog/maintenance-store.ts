/** When a game, or all of a provider's, takes no bets. */
import { type SQL, sql } from "drizzle-orm";
import { type Executor, queryRows } from "../kernel/executor.ts";

export interface MaintenanceRow {
  readonly id: bigint;
  readonly provider: string | null;
  readonly game: string | null;
  readonly from: string;
  readonly until: string;
  readonly reason: string;
  readonly by: string;
}

/** Those that have not ended and were not cancelled, the next one first; of one game with those of its provider. */
export async function listMaintenance(db: Executor, game?: string): Promise<MaintenanceRow[]> {
  const only: SQL =
    game === undefined
      ? sql`true`
      : sql`(g.code = ${game} OR m.provider_id = (SELECT provider_id FROM games WHERE code = ${game}))`;
  const rows = await queryRows<Omit<MaintenanceRow, "id"> & { id: string }>(
    db,
    sql`SELECT m.id, p.code AS provider, g.code AS game, m.reason, s.name AS by,
               to_char(m.from_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "from",
               to_char(m.until_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS until
          FROM maintenance_windows m
          LEFT JOIN providers p ON p.id = m.provider_id
          LEFT JOIN games g ON g.id = m.game_id
          JOIN staff s ON s.id = m.created_by
         WHERE m.cancelled_at IS NULL AND m.until_at > now() AND ${only}
         ORDER BY m.from_at, m.id LIMIT 200`,
  );
  return rows.map((row) => ({ ...row, id: BigInt(row.id) }));
}

export interface NewMaintenance {
  readonly provider: string | undefined;
  readonly game: string | undefined;
  readonly from: string;
  readonly until: string;
  readonly reason: string;
  readonly by: bigint;
}

/** Undefined where there is no such provider or game. */
export async function insertMaintenance(db: Executor, window: NewMaintenance): Promise<bigint | undefined> {
  const { provider = null, game = null } = window;
  const [row] = await queryRows<{ id: string }>(
    db,
    sql`INSERT INTO maintenance_windows (provider_id, game_id, from_at, until_at, reason, created_by)
        SELECT p.id, g.id, ${window.from}::timestamptz, ${window.until}::timestamptz, ${window.reason}, ${window.by}
          FROM (SELECT 1) AS one
          LEFT JOIN providers p ON p.code = ${provider}
          LEFT JOIN games g ON g.code = ${game}
         WHERE num_nonnulls(p.id, g.id) = 1
        RETURNING id`,
  );
  return row === undefined ? undefined : BigInt(row.id);
}

/** Undefined where it has ended, or was cancelled. */
export async function cancelMaintenance(
  db: Executor,
  id: bigint,
  at: Date,
): Promise<{ readonly provider: string | null; readonly game: string | null } | undefined> {
  const [row] = await queryRows<{ provider: string | null; game: string | null }>(
    db,
    sql`UPDATE maintenance_windows m SET cancelled_at = ${at.toISOString()}::timestamptz
         WHERE id = ${id} AND cancelled_at IS NULL AND until_at > ${at.toISOString()}::timestamptz
        RETURNING (SELECT code FROM providers WHERE id = m.provider_id) AS provider,
                  (SELECT code FROM games WHERE id = m.game_id) AS game`,
  );
  return row;
}
