/** How far each consumer of events has come. A position moves in the transaction of the effects that it stands for. */
import { sql } from "drizzle-orm";
import { type Executor, queryRows, readInstant, type Transaction } from "../kernel/executor.ts";

/** Makes the consumer known, unless it is known already: before the oldest event, or behind the newest of this moment. */
export async function ensureConsumer(db: Executor, consumer: string, begin: "oldest" | "newest"): Promise<void> {
  const newest = sql`SELECT coalesce((SELECT position FROM outbox WHERE position IS NOT NULL ORDER BY position DESC LIMIT 1), 0)`;
  await db.execute(sql`
    INSERT INTO consumer_positions (consumer, position) SELECT ${consumer}, (${begin === "newest" ? newest : sql`SELECT 0`})
    ON CONFLICT DO NOTHING`);
}

/**
 * The consumer's position, locked until the transaction ends; undefined where another engine has it, or where the
 * consumer is not known. Commits of this transaction don't wait for the disk: after a crash effects and position are
 * back together, and the events are handled again.
 */
export async function lockPosition(tx: Transaction, consumer: string): Promise<bigint | undefined> {
  const rows = await queryRows<{ position: string }>(
    tx,
    sql`SELECT position, set_config('synchronous_commit', 'off', true)
          FROM consumer_positions WHERE consumer = ${consumer} FOR UPDATE SKIP LOCKED`,
  );
  return rows[0] === undefined ? undefined : BigInt(rows[0].position);
}

export async function advancePosition(tx: Transaction, consumer: string, position: bigint): Promise<void> {
  await tx.execute(
    sql`UPDATE consumer_positions SET position = ${position}, updated_at = now() WHERE consumer = ${consumer}`,
  );
}

/** Takes a position back to where its effects are, where they are behind it: they lie elsewhere and were lost there. */
export async function rewindPosition(db: Executor, consumer: string, position: bigint): Promise<void> {
  await db.execute(
    sql`UPDATE consumer_positions SET position = ${position}, updated_at = now() WHERE consumer = ${consumer} AND position > ${position}`,
  );
}

/** Undefined where there is no consumer of this name. */
export async function findPosition(db: Executor, consumer: string): Promise<bigint | undefined> {
  const rows = await queryRows<{ position: string }>(
    db,
    sql`SELECT position FROM consumer_positions WHERE consumer = ${consumer}`,
  );
  return rows[0] === undefined ? undefined : BigInt(rows[0].position);
}

/** A consumer's position and when it moved last. */
export async function findProgress(
  db: Executor,
  consumer: string,
): Promise<{ readonly position: bigint; readonly updatedAt: Date } | undefined> {
  const [row] = await queryRows<{ position: string; updated_at: string }>(
    db,
    sql`SELECT position, updated_at FROM consumer_positions WHERE consumer = ${consumer}`,
  );
  return row === undefined ? undefined : { position: BigInt(row.position), updatedAt: readInstant(row.updated_at) };
}

/** The newest numbered position; 0 before the first. */
export async function findHeadPosition(db: Executor): Promise<bigint> {
  const rows = await queryRows<{ position: string }>(
    db,
    sql`SELECT position FROM outbox WHERE position IS NOT NULL ORDER BY position DESC LIMIT 1`,
  );
  return BigInt(rows[0]?.position ?? 0);
}

/** The position of the first batch that was numbered at this time or later; undefined where there is none yet. */
export async function findPositionAt(db: Executor, time: Date): Promise<bigint | undefined> {
  const rows = await queryRows<{ position: string }>(
    db,
    sql`SELECT position FROM outbox WHERE batch >= first_transaction_id_at(${time}) >> 10 AND position IS NOT NULL
         ORDER BY batch LIMIT 1`,
  );
  return rows[0] === undefined ? undefined : BigInt(rows[0].position);
}

export async function readPosition(db: Executor, consumer: string): Promise<bigint> {
  const rows = await queryRows<{ position: string }>(
    db,
    sql`SELECT position FROM consumer_positions WHERE consumer = ${consumer}`,
  );
  return BigInt(rows[0]?.position ?? 0);
}
