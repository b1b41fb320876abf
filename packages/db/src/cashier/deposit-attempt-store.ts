/**
 * Which providers a deposit was given to, and what is known of each. A deposit goes on to the next provider only where
 * the one before surely has no payment of it; the database refuses any other way (`guard_deposit_psp`).
 */
import { sql } from "drizzle-orm";
import { type Executor, queryRows, readInstantOrNull, type Transaction } from "../kernel/executor.ts";
import type { DepositSource } from "./deposit-store.ts";

export type AttemptOutcome = "PLANNED" | "SENT" | "UNSENT" | "REFUSED";

export interface PlannedAttempt {
  readonly psp: string;
  readonly instrumentId: bigint;
}

export async function planAttempts(
  db: Executor,
  depositId: bigint,
  rule: string | null,
  attempts: readonly PlannedAttempt[],
): Promise<void> {
  const rows = attempts.map(
    ({ psp, instrumentId }, index) =>
      sql`(${depositId}::bigint, ${index + 1}::smallint, ${psp}::text, ${instrumentId}::bigint, ${rule}::text)`,
  );
  await db.execute(sql`
    INSERT INTO deposit_attempts (deposit_id, position, psp, instrument_id, rule) VALUES ${sql.join(rows, sql`, `)}`);
}

/**
 * Notes, before it is sent, that the order goes to this provider. Answers how often it has been sent there, this time
 * included; undefined where the deposit was given to another provider meanwhile, so that it must not be sent.
 */
export async function noteSending(db: Executor, depositId: bigint, psp: string): Promise<number | undefined> {
  const [row] = await queryRows<{ sends: number }>(
    db,
    sql`UPDATE deposit_attempts a SET outcome = 'SENT', sends = sends + 1, at = clock_timestamp()
         WHERE a.deposit_id = ${depositId} AND a.psp = ${psp} AND a.outcome IN ('PLANNED', 'SENT')
        RETURNING sends`,
  );
  return row?.sends;
}

export interface Missed {
  readonly depositId: bigint;
  readonly psp: string;
  readonly outcome: "UNSENT" | "REFUSED";
  readonly why: string;
}

/**
 * The one order that went to this provider surely made no payment. Gives the deposit to the next of its providers that
 * is among `open`, with a step that says so; answers which. Undefined where there is none, or where the order went out
 * more than once, so that nobody knows: then everything stays.
 */
export async function giveToNext(
  tx: Transaction,
  { depositId, psp, outcome, why }: Missed,
  open: readonly string[],
  source: DepositSource,
): Promise<string | undefined> {
  const marked = await queryRows<{ psp: string }>(
    tx,
    sql`UPDATE deposit_attempts SET outcome = ${outcome}, why = ${why}, at = clock_timestamp()
         WHERE deposit_id = ${depositId} AND psp = ${psp} AND outcome = 'SENT' AND sends = 1 RETURNING psp`,
  );
  if (marked.length === 0) return undefined;
  const [next] = await queryRows<{ psp: string }>(
    tx,
    sql`UPDATE deposits d SET psp = a.psp, instrument_id = a.instrument_id, updated_at = clock_timestamp()
          FROM (SELECT psp, instrument_id FROM deposit_attempts
                 WHERE deposit_id = ${depositId} AND outcome = 'PLANNED' AND psp = ANY(${`{${open.join(",")}}`}::text[])
                 ORDER BY position LIMIT 1) a
         WHERE d.id = ${depositId} AND d.psp = ${psp} AND d.state = 'INITIATED' AND d.psp_reference IS NULL
        RETURNING d.psp`,
  );
  if (next === undefined) {
    // What never left may leave later; what was refused stays refused.
    if (outcome === "UNSENT") {
      await tx.execute(sql`UPDATE deposit_attempts SET outcome = 'PLANNED', sends = 0
                            WHERE deposit_id = ${depositId} AND psp = ${psp}`);
    }
    return undefined;
  }
  await tx.execute(sql`
    INSERT INTO deposit_steps (deposit_id, number, event, from_state, to_state, source, details)
    SELECT ${depositId}, coalesce(max(number), 0) + 1, 'reroute', 'INITIATED', 'INITIATED', ${source},
           ${JSON.stringify({ from: psp, to: next.psp, outcome, why })}::jsonb
      FROM deposit_steps WHERE deposit_id = ${depositId}`);
  return next.psp;
}

export interface Attempt {
  readonly psp: string;
  readonly rule: string | null;
  readonly outcome: AttemptOutcome;
  readonly sends: number;
  readonly why: string | null;
  readonly at: Date | null;
}

export async function listAttempts(db: Executor, depositId: bigint): Promise<Attempt[]> {
  const rows = await queryRows<Omit<Attempt, "at"> & { at: string | null }>(
    db,
    sql`SELECT psp, rule, outcome, sends, why, at FROM deposit_attempts WHERE deposit_id = ${depositId} ORDER BY position`,
  );
  return rows.map((row) => ({ ...row, at: readInstantOrNull(row.at) }));
}
