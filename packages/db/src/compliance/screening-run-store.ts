/** Runs of all players against what has changed, and how far they are. */
import { desc, sql } from "drizzle-orm";
import { type Executor, queryRows } from "../kernel/executor.ts";
import { screeningRuns } from "./screening-runs.schema.ts";

export type RunRecord = typeof screeningRuns.$inferSelect;
export type RunTrigger = RunRecord["trigger"];

/** One run at a time: a new one begins where lists and rule are as they are now, so that the one before is over. */
export async function startRun(db: Executor, trigger: RunTrigger, by: string): Promise<bigint> {
  await db.execute(sql`SELECT pg_advisory_xact_lock(7312, 0)`);
  await db.execute(
    sql`UPDATE screening_runs SET state = 'SUPERSEDED', done_at = clock_timestamp() WHERE state = 'RUNNING'`,
  );
  const [row] = await queryRows<{ id: string }>(
    db,
    sql`INSERT INTO screening_runs (trigger, started_by, total)
        VALUES (${trigger}, ${by}, (SELECT count(*) FROM player_details WHERE erased_at IS NULL)) RETURNING id`,
  );
  return BigInt(row?.id ?? 0);
}

/** Takes the run that is under way, so that no other engine takes it before `until`. */
export async function claimRun(db: Executor, now: Date, until: Date): Promise<RunRecord | undefined> {
  const rows = await queryRows<{ id: string }>(
    db,
    sql`UPDATE screening_runs SET lease_until = ${until}
         WHERE state = 'RUNNING' AND (lease_until IS NULL OR lease_until <= ${now}) RETURNING id`,
  );
  const [claimed] = rows;
  if (claimed === undefined) return undefined;
  return findRun(db, BigInt(claimed.id));
}

async function findRun(db: Executor, id: bigint): Promise<RunRecord | undefined> {
  const [row] = await db.select().from(screeningRuns).where(sql`${screeningRuns.id} = ${id}`);
  return row;
}

export async function findNewestRun(db: Executor): Promise<RunRecord | undefined> {
  const [row] = await db.select().from(screeningRuns).orderBy(desc(screeningRuns.id)).limit(1);
  return row;
}

/** Players with personal data behind this number. */
export async function listPlayersToScreen(db: Executor, after: bigint, limit: number): Promise<bigint[]> {
  const rows = await queryRows<{ player_id: string }>(
    db,
    sql`SELECT player_id FROM player_details WHERE player_id > ${after} AND erased_at IS NULL
         ORDER BY player_id LIMIT ${limit}`,
  );
  return rows.map(({ player_id: id }) => BigInt(id));
}

export interface RunProgress {
  readonly cursor: bigint;
  readonly done: number;
  readonly opened: number;
  readonly reopened: number;
  readonly vanished: number;
  readonly failed: number;
  /** True where there is no player left. */
  readonly finished: boolean;
}

/** Adds up, and lets the lease go. A run that another one has followed stays over. */
export async function noteRunProgress(db: Executor, id: bigint, progress: RunProgress): Promise<void> {
  const { cursor, done, opened, reopened, vanished, failed, finished } = progress;
  await db.execute(sql`
    UPDATE screening_runs
       SET cursor = ${cursor}, done = done + ${done}, opened = opened + ${opened}, reopened = reopened + ${reopened},
           vanished = vanished + ${vanished}, failed = failed + ${failed}, lease_until = NULL,
           state = CASE WHEN ${finished} THEN 'DONE' ELSE state END,
           done_at = CASE WHEN ${finished} THEN clock_timestamp() END
     WHERE id = ${id} AND state = 'RUNNING'`);
}
