/** How well providers are: calls by minute, and every change of a breaker. */
import type { BreakerState } from "@pitboss/domain/cashier/psp-breaker";
import { sql } from "drizzle-orm";
import { type Executor, queryRows, readInstant } from "../kernel/executor.ts";

export interface PspMinute {
  readonly psp: string;
  readonly minute: Date;
  readonly answered: number;
  readonly refused: number;
  readonly unanswered: number;
  readonly unsent: number;
  /** How many answers took how long, in the buckets of whoever counted. */
  readonly latency: readonly number[];
}

/** Adds to what other engines counted of the same minute. */
export async function addMinutes(db: Executor, minutes: readonly PspMinute[]): Promise<void> {
  for (const { psp, minute, answered, refused, unanswered, unsent, latency } of minutes) {
    await db.execute(sql`
      INSERT INTO psp_minutes AS m (psp, minute, answered, refused, unanswered, unsent, latency)
      VALUES (${psp}, ${minute}, ${answered}, ${refused}, ${unanswered}, ${unsent}, ${`{${latency.join(",")}}`}::bigint[])
      ON CONFLICT (psp, minute) DO UPDATE SET
        answered = m.answered + excluded.answered, refused = m.refused + excluded.refused,
        unanswered = m.unanswered + excluded.unanswered, unsent = m.unsent + excluded.unsent,
        latency = ARRAY(SELECT coalesce(a, 0) + coalesce(b, 0)
                          FROM unnest(m.latency, excluded.latency) WITH ORDINALITY AS t (a, b, n) ORDER BY n)`);
  }
}

export async function listMinutes(db: Executor, since: Date, psp?: string): Promise<PspMinute[]> {
  const rows = await queryRows<{
    psp: string;
    minute: string;
    answered: string;
    refused: string;
    unanswered: string;
    unsent: string;
    latency: readonly (string | number)[];
  }>(
    db,
    sql`SELECT * FROM psp_minutes WHERE minute >= ${since} AND (${psp ?? null}::text IS NULL OR psp = ${psp ?? null})
         ORDER BY psp, minute`,
  );
  return rows.map((row) => ({
    psp: row.psp,
    minute: readInstant(row.minute),
    answered: Number(row.answered),
    refused: Number(row.refused),
    unanswered: Number(row.unanswered),
    unsent: Number(row.unsent),
    latency: row.latency.map(Number),
  }));
}

export interface BreakerStep {
  readonly psp: string;
  readonly engine: string;
  readonly from: BreakerState;
  readonly to: BreakerState;
  readonly why: string | null;
  readonly at: Date;
}

export async function insertBreakerStep(db: Executor, step: Omit<BreakerStep, "at">): Promise<void> {
  const { psp, engine, from, to, why } = step;
  await db.execute(sql`
    INSERT INTO psp_breaker_steps (psp, engine, from_state, to_state, why)
    VALUES (${psp}, ${engine}, ${from}, ${to}, ${why})`);
}

/** Newest first. */
export async function listBreakerSteps(db: Executor, psp: string, limit: number): Promise<BreakerStep[]> {
  const rows = await queryRows<{
    psp: string;
    engine: string;
    from_state: BreakerState;
    to_state: BreakerState;
    why: string | null;
    at: string;
  }>(db, sql`SELECT * FROM psp_breaker_steps WHERE psp = ${psp} ORDER BY id DESC LIMIT ${limit}`);
  return rows.map((row) => ({
    psp: row.psp,
    engine: row.engine,
    from: row.from_state,
    to: row.to_state,
    why: row.why,
    at: readInstant(row.at),
  }));
}
