/** What is counted and written down of sign-ins, of staff and of players. */
import type { Attempts } from "@pitboss/domain/identity/sign-in-throttle";
import { and, desc, eq, lt, sql } from "drizzle-orm";
import { type Executor, queryRows, readInstant } from "../kernel/executor.ts";
import { signInAttempts } from "./sign-in-attempts.schema.ts";
import { signInThrottles } from "./sign-in-throttles.schema.ts";

export interface Counted extends Attempts {
  readonly known: boolean;
}

/** Reads and locks the counters of these keys, in one order everywhere, so that attempts at one door come one by one. */
export async function lockCounters(db: Executor, keys: readonly Buffer[], now: Date): Promise<(Counted | undefined)[]> {
  const hexes = keys.map((key) => key.toString("hex"));
  const list = sql.join(
    hexes.map((hex) => sql`decode(${hex}, 'hex')`),
    sql`, `,
  );
  await db.execute(sql`
    INSERT INTO sign_in_throttles (key, failures, last_at)
    SELECT key, 0, ${now.toISOString()}::timestamptz FROM unnest(ARRAY[${list}]) AS key ORDER BY key ON CONFLICT DO NOTHING`);
  const rows = await queryRows<{ key: string; failures: number; last_at: string; known: boolean }>(
    db,
    sql`SELECT encode(key, 'hex') AS key, failures, last_at, known_at IS NOT NULL AS known FROM sign_in_throttles
         WHERE key IN (${list}) ORDER BY key FOR UPDATE`,
  );
  const byKey = new Map(
    rows.map((row) => [
      row.key,
      { failures: row.failures, lastAtMs: readInstant(row.last_at).getTime(), known: row.known },
    ]),
  );
  return hexes.map((hex) => byKey.get(hex));
}

/** Counts an attempt as failed before it is looked at; a success takes it back. */
export async function countAttempt(db: Executor, key: Buffer, forgetMs: number, now: Date): Promise<void> {
  const forgotten = new Date(now.getTime() - forgetMs);
  await db
    .update(signInThrottles)
    .set({
      failures: sql`CASE WHEN ${signInThrottles.lastAt} < ${forgotten} THEN 1 ELSE ${signInThrottles.failures} + 1 END`,
      lastAt: now,
    })
    .where(eq(signInThrottles.key, key));
}

/** A success clears its pair's counter, and marks the pair as one that signed in before. */
export async function clearCounter(db: Executor, key: Buffer, now: Date): Promise<void> {
  await db.update(signInThrottles).set({ failures: 0, knownAt: now }).where(eq(signInThrottles.key, key));
}

/** A success takes its own attempt back from a counter that others share. */
export async function discountAttempt(db: Executor, key: Buffer): Promise<void> {
  await db
    .update(signInThrottles)
    .set({ failures: sql`greatest(0, ${signInThrottles.failures} - 1)` })
    .where(eq(signInThrottles.key, key));
}

export async function deleteOldCounters(db: Executor, before: Date): Promise<void> {
  await db
    .delete(signInThrottles)
    .where(and(lt(signInThrottles.lastAt, before), sql`${signInThrottles.knownAt} IS NULL`));
}

export interface NewAttempt {
  readonly kind: "staff" | "player";
  readonly accountId: bigint | null;
  readonly ip: string | null;
  readonly userAgent: string | null;
  readonly outcome: string;
}

export async function insertAttempt(db: Executor, attempt: NewAttempt): Promise<void> {
  await db.insert(signInAttempts).values(attempt);
}

export interface AttemptRecord {
  readonly id: bigint;
  readonly at: Date;
  readonly ip: string | null;
  readonly userAgent: string | null;
  readonly outcome: string;
}

export async function listAttempts(
  db: Executor,
  kind: "staff" | "player",
  accountId: bigint,
  limit: number,
  before?: Date,
): Promise<AttemptRecord[]> {
  return db
    .select()
    .from(signInAttempts)
    .where(
      and(
        eq(signInAttempts.kind, kind),
        eq(signInAttempts.accountId, accountId),
        before === undefined ? undefined : lt(signInAttempts.at, before),
      ),
    )
    .orderBy(desc(signInAttempts.id))
    .limit(limit);
}
