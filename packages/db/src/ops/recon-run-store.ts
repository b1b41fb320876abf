/** Runs of reconciliations: when, what they looked at, and what came of it. */
import type { BreakSource } from "@pitboss/domain/ops/breaks/break-types";
import { type SQL, sql } from "drizzle-orm";
import { type Executor, queryRows, readInstant, readInstantOrNull } from "../kernel/executor.ts";

export const runTriggers = ["SCHEDULE", "PERSON", "IMPORT"] as const;
export type RunTrigger = (typeof runTriggers)[number];
export const runStates = ["RUNNING", "CLEAN", "BREAKS", "FAILED"] as const;
export type RunState = (typeof runStates)[number];

/** What one side adds up to in one currency; the amount is a decimal string of the currency. */
export interface RunTotal {
  /** A word of the source's own: `LEDGER`, `PSP`, `BANK`. */
  readonly side: string;
  /** What the amount is of: `PAYMENT`, `FEE`. */
  readonly what: string;
  readonly scope: string;
  readonly currency: string;
  readonly count: number;
  readonly amount: string;
}

export interface RunRecord {
  readonly id: bigint;
  readonly source: BreakSource;
  readonly scope: string;
  /** `2026-11-27`, UTC. */
  readonly day: string;
  readonly trigger: RunTrigger;
  readonly state: RunState;
  readonly startedAt: Date;
  readonly startedBy: string;
  readonly doneAt: Date | null;
  readonly lines: bigint;
  readonly matched: bigint;
  readonly found: number;
  readonly reopened: number;
  readonly cleared: number;
  readonly open: number;
  readonly totals: readonly RunTotal[];
  readonly failure: string | null;
}

export interface NewRun {
  readonly source: BreakSource;
  readonly scope: string;
  readonly day: string;
  readonly trigger: RunTrigger;
  readonly startedBy: string;
}

/**
 * The new run's id; undefined where one of the same source and scope is under way. One that was cut off, as by the end of
 * its engine, counts as failed after `staleMinutes`.
 */
export async function startRun(db: Executor, run: NewRun, staleMinutes = 30): Promise<bigint | undefined> {
  await db.execute(sql`
    UPDATE recon_runs SET state = 'FAILED', done_at = clock_timestamp(), failure = 'It was cut off.'
     WHERE state = 'RUNNING' AND source = ${run.source} AND scope = ${run.scope}
       AND started_at < clock_timestamp() - ${staleMinutes}::integer * interval '1 minute'`);
  const [row] = await queryRows<{ id: string }>(
    db,
    sql`INSERT INTO recon_runs (source, scope, day, trigger, started_by)
        VALUES (${run.source}, ${run.scope}, ${run.day}::date, ${run.trigger}, ${run.startedBy})
        ON CONFLICT (source, scope) WHERE state = 'RUNNING' DO NOTHING RETURNING id`,
  );
  return row && BigInt(row.id);
}

export interface RunEnd {
  readonly lines: bigint;
  readonly matched: bigint;
  readonly found: number;
  readonly reopened: number;
  readonly cleared: number;
  readonly totals: readonly RunTotal[];
}

/** A run is clean where no break of its source and scope is open when it is done. */
export async function endRun(db: Executor, id: bigint, end: RunEnd): Promise<void> {
  await db.execute(sql`
    UPDATE recon_runs r
       SET state = CASE o.open WHEN 0 THEN 'CLEAN' ELSE 'BREAKS' END, open = o.open, done_at = clock_timestamp(),
           lines = ${end.lines}, matched = ${end.matched}, found = ${end.found}, reopened = ${end.reopened},
           cleared = ${end.cleared}, totals = ${JSON.stringify(end.totals)}::jsonb
      FROM (SELECT count(*)::integer AS open FROM breaks b JOIN recon_runs a ON a.id = ${id}
             WHERE b.source = a.source AND (a.scope = 'all' OR b.scope = a.scope)
               AND b.state IN ('OPEN', 'ASSIGNED', 'PROPOSED', 'REOPENED')) o
     WHERE r.id = ${id} AND r.state = 'RUNNING'`);
}

export async function failRun(db: Executor, id: bigint, failure: string): Promise<void> {
  await db.execute(sql`
    UPDATE recon_runs SET state = 'FAILED', done_at = clock_timestamp(), failure = ${failure}
     WHERE id = ${id} AND state = 'RUNNING'`);
}

export interface RunFilter {
  readonly source?: BreakSource | undefined;
  readonly scope?: string | undefined;
  readonly state?: RunState | undefined;
  readonly before?: bigint | undefined;
  readonly limit: number;
}

/** Newest first, by keyset. */
export async function listRuns(db: Executor, filter: RunFilter): Promise<RunRecord[]> {
  const conditions: SQL[] = [sql`id < ${filter.before ?? 1n << 62n}`];
  if (filter.source !== undefined) conditions.push(sql`source = ${filter.source}`);
  if (filter.scope !== undefined) conditions.push(sql`scope = ${filter.scope}`);
  if (filter.state !== undefined) conditions.push(sql`state = ${filter.state}`);
  const rows = await queryRows<Row>(
    db,
    sql`SELECT *, day::text AS day FROM recon_runs WHERE ${sql.join(conditions, sql` AND `)}
         ORDER BY id DESC LIMIT ${filter.limit}`,
  );
  return rows.map(readRun);
}

/** The newest run of a day that was started so. */
export async function findLastRun(
  db: Executor,
  { source, scope, day, trigger }: Pick<NewRun, "source" | "scope" | "day" | "trigger">,
): Promise<RunRecord | undefined> {
  const [row] = await queryRows<Row>(
    db,
    sql`SELECT *, day::text AS day FROM recon_runs
         WHERE source = ${source} AND scope = ${scope} AND day = ${day}::date AND trigger = ${trigger}
         ORDER BY id DESC LIMIT 1`,
  );
  return row && readRun(row);
}

export async function findRun(db: Executor, id: bigint): Promise<RunRecord | undefined> {
  const [row] = await queryRows<Row>(db, sql`SELECT *, day::text AS day FROM recon_runs WHERE id = ${id}`);
  return row && readRun(row);
}

interface Row {
  readonly id: string;
  readonly source: BreakSource;
  readonly scope: string;
  readonly day: string;
  readonly trigger: RunTrigger;
  readonly state: RunState;
  readonly started_at: string;
  readonly started_by: string;
  readonly done_at: string | null;
  readonly lines: string;
  readonly matched: string;
  readonly found: number;
  readonly reopened: number;
  readonly cleared: number;
  readonly open: number;
  readonly totals: RunTotal[];
  readonly failure: string | null;
}

function readRun(row: Row): RunRecord {
  const { id, started_at, started_by, done_at, lines, matched, ...same } = row;
  return {
    ...same,
    id: BigInt(id),
    startedAt: readInstant(started_at),
    startedBy: started_by,
    doneAt: readInstantOrNull(done_at),
    lines: BigInt(lines),
    matched: BigInt(matched),
  };
}
