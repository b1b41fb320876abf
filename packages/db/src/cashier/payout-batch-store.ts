/** Files of payments for banks: what stands in each, how often it was sent, and what the bank said of it. */
import { type BatchEvent, type BatchState, batchAfter } from "@pitboss/domain/cashier/bank/batch-machine";
import type { PayoutState } from "@pitboss/domain/cashier/payout-machine";
import { assert } from "@pitboss/domain/kernel/result";
import { and, asc, desc, eq, lt, ne, type SQL, sql } from "drizzle-orm";
import { type Executor, queryRows } from "../kernel/executor.ts";
import { type BatchItemState, payoutBatchItems } from "./payout-batch-items.schema.ts";
import { payoutBatches } from "./payout-batches.schema.ts";
import { payoutBatchSends } from "./payout-batch-sends.schema.ts";

export type PayoutBatch = typeof payoutBatches.$inferSelect;
export type BatchItem = typeof payoutBatchItems.$inferSelect;
export type BatchSend = typeof payoutBatchSends.$inferSelect;

/** Any fixed number; it names the lock among the advisory locks of the database. */
const gatherLock = 7321;

/** One gathers for a bank at a time, until the transaction ends. */
export async function lockGathering(db: Executor, bank: string): Promise<void> {
  await db.execute(sql`SELECT pg_advisory_xact_lock(${gatherLock}, hashtext(${bank}))`);
}

/** When the newest file of the bank was begun; null where there is none. */
export async function findLastBatchTime(db: Executor, bank: string): Promise<Date | null> {
  const [row] = await db
    .select({ at: payoutBatches.createdAt })
    .from(payoutBatches)
    .where(eq(payoutBatches.bank, bank))
    .orderBy(desc(payoutBatches.id))
    .limit(1);
  return row?.at ?? null;
}

/** Approved payouts that go by this bank and stand in no file, oldest first. */
export async function listPayoutsToGather(
  db: Executor,
  bank: string,
  limit: number,
): Promise<{ readonly id: bigint; readonly amount: bigint }[]> {
  const rows = await queryRows<{ id: string; amount: string }>(
    db,
    sql`SELECT x.id, x.amount FROM payouts x
         WHERE x.state IN ('AUTO_APPROVED', 'APPROVED') AND x.psp = ${bank}
           AND NOT EXISTS (SELECT FROM payout_batch_items i WHERE i.payout_id = x.id AND i.state <> 'DROPPED')
         ORDER BY x.id LIMIT ${limit}`,
  );
  return rows.map(({ id, amount }) => ({ id: BigInt(id), amount: BigInt(amount) }));
}

export async function insertBatch(
  db: Executor,
  batch: { readonly bank: string; readonly currency: number; readonly messageId: string; readonly workAt: Date },
): Promise<bigint> {
  const [row] = await db.insert(payoutBatches).values(batch).returning({ id: payoutBatches.id });
  assert(row !== undefined, "an inserted batch has an id");
  return row.id;
}

export interface NewBatchItem {
  readonly payoutId: bigint | null;
  readonly creditId: bigint | null;
  readonly amount: bigint;
}

/** What stands in another file meanwhile is refused by the database. */
export async function insertBatchItems(db: Executor, batchId: bigint, items: readonly NewBatchItem[]): Promise<void> {
  await db.insert(payoutBatchItems).values(items.map((item, index) => ({ ...item, batchId, number: index + 1 })));
}

export async function findBatch(db: Executor, id: bigint): Promise<PayoutBatch | undefined> {
  const [row] = await db.select().from(payoutBatches).where(eq(payoutBatches.id, id));
  return row;
}

export async function findBatchByMessage(db: Executor, messageId: string): Promise<PayoutBatch | undefined> {
  const [row] = await db.select().from(payoutBatches).where(eq(payoutBatches.messageId, messageId));
  return row;
}

export function listBatchItems(db: Executor, batchId: bigint): Promise<BatchItem[]> {
  return db
    .select()
    .from(payoutBatchItems)
    .where(eq(payoutBatchItems.batchId, batchId))
    .orderBy(asc(payoutBatchItems.number));
}

/** The file that a payout stands in; undefined where it stands in none. */
export async function findBatchOfPayout(db: Executor, payoutId: bigint): Promise<PayoutBatch | undefined> {
  const [row] = await db
    .select({ batch: payoutBatches })
    .from(payoutBatchItems)
    .innerJoin(payoutBatches, eq(payoutBatches.id, payoutBatchItems.batchId))
    .where(and(eq(payoutBatchItems.payoutId, payoutId), ne(payoutBatchItems.state, "DROPPED")));
  return row?.batch;
}

export function listBatchSends(db: Executor, batchId: bigint): Promise<BatchSend[]> {
  return db
    .select()
    .from(payoutBatchSends)
    .where(eq(payoutBatchSends.batchId, batchId))
    .orderBy(asc(payoutBatchSends.number));
}

export interface BatchChange {
  readonly workAt: Date | null;
  readonly said?: string;
  /** Of `build` alone. */
  readonly file?: {
    readonly count: number;
    readonly controlSum: bigint;
    readonly sealed: Buffer;
    readonly fileHash: Buffer;
  };
}

/** Answers whether it was still where the caller saw it; otherwise nothing happened. Each sending is written down. */
export async function moveBatch(
  db: Executor,
  { id, state }: Pick<PayoutBatch, "id" | "state">,
  event: BatchEvent,
  { workAt, said, file }: BatchChange,
): Promise<boolean> {
  const to = batchAfter(state, event);
  assert(to !== undefined, `a batch that is ${state} takes no ${event}`);
  const sends = event === "submit" || event === "resubmit";
  const moved = await db
    .update(payoutBatches)
    .set({
      state: to,
      workAt,
      updatedAt: sql`clock_timestamp()`,
      ...(said === undefined ? {} : { said }),
      ...file,
      ...(sends
        ? {
            lastSentAt: sql`clock_timestamp()`,
            firstSentAt: sql`coalesce(${payoutBatches.firstSentAt}, clock_timestamp())`,
          }
        : {}),
      ...(to === state ? {} : { worked: 0 }),
    })
    .where(and(eq(payoutBatches.id, id), eq(payoutBatches.state, state)))
    .returning({ id: payoutBatches.id });
  if (moved.length === 0) return false;
  if (sends) {
    await db.execute(sql`
      INSERT INTO payout_batch_sends (batch_id, number)
      SELECT ${id}, coalesce(max(number), 0) + 1 FROM payout_batch_sends WHERE batch_id = ${id}`);
  }
  return true;
}

/** Closes the newest time that the bank was given it, where that is open. */
export async function endBatchSend(
  db: Executor,
  batchId: bigint,
  { outcome, said }: { readonly outcome: "ACCEPTED" | "REFUSED" | "UNANSWERED"; readonly said: string },
): Promise<void> {
  await db.execute(sql`
    UPDATE payout_batch_sends SET ended_at = clock_timestamp(), outcome = ${outcome}, said = ${said}
     WHERE batch_id = ${batchId} AND ended_at IS NULL
       AND number = (SELECT max(number) FROM payout_batch_sends WHERE batch_id = ${batchId})`);
}

export async function moveBatchItem(
  db: Executor,
  { batchId, number }: Pick<BatchItem, "batchId" | "number">,
  change: {
    readonly state: BatchItemState;
    readonly status?: string | null;
    readonly reason?: string | null;
    readonly bankReference?: string | null;
  },
): Promise<void> {
  await db
    .update(payoutBatchItems)
    .set({ ...change, updatedAt: sql`clock_timestamp()` })
    .where(and(eq(payoutBatchItems.batchId, batchId), eq(payoutBatchItems.number, number)));
}

/** What the bank said of what stands in a file under this id of the house. */
export async function noteItemStatus(
  db: Executor,
  by: { readonly payoutId: bigint } | { readonly creditId: bigint },
  said: {
    readonly state: "PENDING" | "PAID" | "FAILED";
    readonly status: string;
    readonly reason: string | null;
    readonly bankReference: string | null;
  },
): Promise<void> {
  const whose =
    "payoutId" in by ? eq(payoutBatchItems.payoutId, by.payoutId) : eq(payoutBatchItems.creditId, by.creditId);
  // A late word that it waits takes back nothing that was said since.
  const open = said.state === "PENDING" ? sql`${payoutBatchItems.state} IN ('SENT', 'PENDING')` : sql`true`;
  await db
    .update(payoutBatchItems)
    .set({
      state: said.state,
      status: said.status,
      reason: said.reason,
      bankReference: sql`coalesce(${said.bankReference}::text, ${payoutBatchItems.bankReference})`,
      updatedAt: sql`clock_timestamp()`,
    })
    .where(and(whose, ne(payoutBatchItems.state, "DROPPED"), open));
}

/** Takes batches that are due, so that no other engine takes them before `until`. */
export async function claimDueBatches(
  db: Executor,
  { now, until, limit }: { readonly now: Date; readonly until: Date; readonly limit: number },
): Promise<bigint[]> {
  const rows = await queryRows<{ id: string }>(
    db,
    sql`UPDATE payout_batches SET work_at = ${until}, worked = worked + 1
         WHERE id IN (SELECT id FROM payout_batches WHERE work_at <= ${now} ORDER BY work_at LIMIT ${limit}
                       FOR NO KEY UPDATE SKIP LOCKED)
        RETURNING id`,
  );
  return rows.map(({ id }) => BigInt(id));
}

export async function setBatchWork(db: Executor, id: bigint, at: Date | null): Promise<void> {
  await db.update(payoutBatches).set({ workAt: at }).where(eq(payoutBatches.id, id));
}

export interface BatchFilter {
  readonly bank?: string | undefined;
  readonly state?: BatchState | undefined;
  readonly before?: bigint | undefined;
  readonly limit: number;
}

export interface BatchWithCounts extends PayoutBatch {
  readonly pending: number;
  readonly paid: number;
  readonly failed: number;
}

/** Newest first, by keyset. */
export async function listBatches(db: Executor, filter: BatchFilter): Promise<BatchWithCounts[]> {
  const conditions: SQL[] = [];
  if (filter.before !== undefined) conditions.push(lt(payoutBatches.id, filter.before));
  if (filter.bank !== undefined) conditions.push(eq(payoutBatches.bank, filter.bank));
  if (filter.state !== undefined) conditions.push(eq(payoutBatches.state, filter.state));
  const count = (states: string) =>
    sql<number>`(SELECT count(*)::integer FROM payout_batch_items i WHERE i.batch_id = ${payoutBatches.id}
                    AND i.state = ANY(${states}::text[]))`;
  const rows = await db
    .select({
      batch: payoutBatches,
      pending: count("{GATHERED,SENT,PENDING}"),
      paid: count("{PAID}"),
      failed: count("{FAILED}"),
    })
    .from(payoutBatches)
    .where(and(...conditions))
    .orderBy(desc(payoutBatches.id))
    .limit(filter.limit);
  return rows.map(({ batch, ...counts }) => ({ ...batch, ...counts }));
}

/** Where the payouts of a file stand, by their ids. */
export async function listPayoutStates(
  db: Executor,
  batchId: bigint,
): Promise<ReadonlyMap<bigint, { readonly state: PayoutState; readonly nickname: string; readonly playerId: bigint }>> {
  const rows = await queryRows<{ id: string; state: PayoutState; nickname: string; player_id: string }>(
    db,
    sql`SELECT x.id, x.state, p.nickname, x.player_id FROM payout_batch_items i JOIN payouts x ON x.id = i.payout_id
          JOIN players p ON p.id = x.player_id WHERE i.batch_id = ${batchId}`,
  );
  return new Map(
    rows.map((row) => [BigInt(row.id), { state: row.state, nickname: row.nickname, playerId: BigInt(row.player_id) }]),
  );
}
