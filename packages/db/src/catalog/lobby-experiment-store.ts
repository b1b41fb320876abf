/** Experiments with the order of the lobby, and who saw which variant since when. */
import type { LobbyVariant } from "@pitboss/domain/catalog/lobby-experiment";
import { type SQL, sql } from "drizzle-orm";
import { type Executor, queryRows } from "../kernel/executor.ts";

export interface LobbyExperiment {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly variants: readonly LobbyVariant[];
  readonly startedBy: string;
  readonly startedAt: string;
  readonly stoppedAt: string | null;
}

const instantText = (column: SQL): SQL => sql`to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const columns = sql`e.id, e.code, e.name, e.variants, s.name AS "startedBy",
  ${instantText(sql`e.started_at`)} AS "startedAt", ${instantText(sql`e.stopped_at`)} AS "stoppedAt"`;

export async function findRunningExperiment(db: Executor): Promise<LobbyExperiment | undefined> {
  const [row] = await queryRows<LobbyExperiment>(
    db,
    sql`SELECT ${columns} FROM lobby_experiments e JOIN staff s ON s.id = e.started_by WHERE e.stopped_at IS NULL`,
  );
  return row;
}

export async function findExperiment(db: Executor, code: string): Promise<LobbyExperiment | undefined> {
  const [row] = await queryRows<LobbyExperiment>(
    db,
    sql`SELECT ${columns} FROM lobby_experiments e JOIN staff s ON s.id = e.started_by WHERE e.code = ${code}`,
  );
  return row;
}

/** The newest first; `before` is the id of the last one seen. */
export async function listExperiments(
  db: Executor,
  filter: {
    readonly state?: "RUNNING" | "STOPPED" | undefined;
    readonly before?: number | undefined;
    readonly limit: number;
  },
): Promise<LobbyExperiment[]> {
  const { state, before, limit } = filter;
  return queryRows<LobbyExperiment>(
    db,
    sql`SELECT ${columns} FROM lobby_experiments e JOIN staff s ON s.id = e.started_by
         WHERE ${before === undefined ? sql`true` : sql`e.id < ${before}`}
           AND ${state === undefined ? sql`true` : sql`(e.stopped_at IS NULL) = ${state === "RUNNING"}`}
         ORDER BY e.id DESC LIMIT ${limit}`,
  );
}

export interface NewExperiment {
  readonly code: string;
  readonly name: string;
  readonly variants: readonly LobbyVariant[];
  readonly by: bigint;
  readonly at: Date;
}

/** False where the code was used, or another one is under way. */
export async function insertExperiment(
  db: Executor,
  { code, name, variants, by, at }: NewExperiment,
): Promise<boolean> {
  const rows = await queryRows(
    db,
    sql`INSERT INTO lobby_experiments (code, name, variants, started_by, started_at)
        VALUES (${code}, ${name}, ${JSON.stringify(variants)}::jsonb, ${by}, ${at.toISOString()}::timestamptz)
        ON CONFLICT DO NOTHING RETURNING id`,
  );
  return rows.length === 1;
}

/** False where none of this code is under way. */
export async function stopExperiment(db: Executor, code: string, at: Date): Promise<boolean> {
  const rows = await queryRows(
    db,
    sql`UPDATE lobby_experiments SET stopped_at = greatest(started_at, ${at.toISOString()}::timestamptz)
         WHERE code = ${code} AND stopped_at IS NULL RETURNING id`,
  );
  return rows.length === 1;
}

/** True the first time, and never again for this player and experiment; nothing is noted of one that was stopped. */
export async function insertExposure(
  db: Executor,
  exposure: { readonly experimentId: number; readonly playerId: bigint; readonly variant: string; readonly at: Date },
): Promise<boolean> {
  const { experimentId, playerId, variant, at } = exposure;
  const rows = await queryRows(
    db,
    sql`INSERT INTO lobby_exposures (experiment_id, player_id, variant, exposed_at)
        SELECT id, ${playerId}, ${variant}, ${at.toISOString()}::timestamptz
          FROM lobby_experiments WHERE id = ${experimentId} AND stopped_at IS NULL
        ON CONFLICT DO NOTHING RETURNING player_id`,
  );
  return rows.length === 1;
}

export async function isExposed(db: Executor, experimentId: number, playerId: bigint): Promise<boolean> {
  const rows = await queryRows(
    db,
    sql`SELECT 1 FROM lobby_exposures WHERE experiment_id = ${experimentId} AND player_id = ${playerId}`,
  );
  return rows.length === 1;
}
