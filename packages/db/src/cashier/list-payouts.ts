/** Payouts as lists: a player's own, staff's with filters, and the queue in the order in which it is worked. */
import { type PayoutState, reviewStates } from "@pitboss/domain/cashier/payout-machine";
import { type Currency, currencies } from "@pitboss/domain/wallet/currency";
import { type SQL, sql } from "drizzle-orm";
import { type Executor, queryRows } from "../kernel/executor.ts";
import { type PayoutRecord, type PayoutRow, readPayout, selectPayouts } from "./payout-store.ts";

export interface PayoutFilter {
  readonly playerId?: bigint | undefined;
  readonly states?: readonly PayoutState[] | undefined;
  readonly psp?: string | undefined;
  readonly currency?: Currency | undefined;
  readonly minAmount?: bigint | undefined;
  readonly instrumentId?: bigint | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Only those that are where they are for longer than they may. */
  readonly lateAt?: Date | undefined;
  readonly before?: bigint | undefined;
  readonly limit: number;
}

/** Newest first, by keyset. */
export async function listPayouts(db: Executor, filter: PayoutFilter): Promise<PayoutRecord[]> {
  const conditions: SQL[] = [sql`x.id < ${filter.before ?? 1n << 62n}`];
  if (filter.playerId !== undefined) conditions.push(sql`x.player_id = ${filter.playerId}`);
  if (filter.states !== undefined) conditions.push(sql`x.state = ANY(${`{${filter.states.join(",")}}`}::text[])`);
  if (filter.psp !== undefined) conditions.push(sql`x.psp = ${filter.psp}`);
  if (filter.currency !== undefined) conditions.push(sql`x.currency = ${currencies[filter.currency].number}`);
  if (filter.minAmount !== undefined) conditions.push(sql`x.amount >= ${filter.minAmount}`);
  if (filter.instrumentId !== undefined) conditions.push(sql`x.instrument_id = ${filter.instrumentId}`);
  if (filter.from !== undefined) conditions.push(sql`x.created_at >= ${filter.from}::timestamptz`);
  if (filter.to !== undefined) conditions.push(sql`x.created_at < ${filter.to}::timestamptz`);
  if (filter.lateAt !== undefined) conditions.push(sql`x.due_at < ${filter.lateAt}`);
  return read(db, sql`${sql.join(conditions, sql` AND `)} ORDER BY x.id DESC LIMIT ${filter.limit}`);
}

export function listPlayerPayouts(
  db: Executor,
  {
    playerId,
    before,
    limit,
  }: { readonly playerId: bigint; readonly before: bigint | undefined; readonly limit: number },
): Promise<PayoutRecord[]> {
  return listPayouts(db, { playerId, before, limit });
}

const inReview: SQL = sql.raw(`x.state IN (${reviewStates.map((state) => `'${state}'`).join(", ")})`);

export interface QueueFilter {
  /** True to see those that were put off as well. */
  readonly snoozed: boolean;
  readonly now: Date;
  readonly offset: number;
  readonly limit: number;
}

/** What waits for people: first what is due first, of those the riskiest. */
export function listPayoutQueue(db: Executor, { snoozed, now, offset, limit }: QueueFilter): Promise<PayoutRecord[]> {
  const awake = snoozed ? sql`true` : sql`(x.snoozed_until IS NULL OR x.snoozed_until <= ${now})`;
  return read(db, sql`${inReview} AND ${awake} ORDER BY x.due_at, x.score DESC, x.id OFFSET ${offset} LIMIT ${limit}`);
}

async function read(db: Executor, rest: SQL): Promise<PayoutRecord[]> {
  const rows = await queryRows<PayoutRow>(db, sql`${selectPayouts} WHERE ${rest}`);
  return rows.map(readPayout);
}

export interface Claim {
  readonly staffId: bigint;
  readonly now: Date;
  readonly until: Date;
}

/**
 * Takes the next one that nobody looks at and that this person may decide on: not one that they have said yes to
 * themselves. Whoever asks at the same moment gets another one.
 */
export async function claimNextPayout(db: Executor, { staffId, now, until }: Claim): Promise<bigint | undefined> {
  const [row] = await queryRows<{ id: string }>(
    db,
    sql`UPDATE payouts SET claimed_by = ${staffId}, claimed_until = ${until}
         WHERE id = (SELECT x.id FROM payouts x
                      WHERE ${inReview} AND (x.snoozed_until IS NULL OR x.snoozed_until <= ${now})
                        AND (x.claimed_until IS NULL OR x.claimed_until <= ${now} OR x.claimed_by = ${staffId})
                        AND NOT EXISTS (SELECT FROM approvals a WHERE a.id = x.approval_id AND a.proposed_by = ${staffId})
                      ORDER BY x.due_at, x.score DESC, x.id LIMIT 1 FOR NO KEY UPDATE OF x SKIP LOCKED)
        RETURNING id`,
  );
  return row && BigInt(row.id);
}

/** False where somebody else looks at it, or it waits for nobody. */
export async function claimPayout(db: Executor, id: bigint, { staffId, now, until }: Claim): Promise<boolean> {
  const rows = await queryRows<{ id: string }>(
    db,
    sql`UPDATE payouts x SET claimed_by = ${staffId}, claimed_until = ${until}
         WHERE x.id = ${id} AND ${inReview}
           AND (x.claimed_until IS NULL OR x.claimed_until <= ${now} OR x.claimed_by = ${staffId}) RETURNING x.id`,
  );
  return rows.length > 0;
}

export async function unclaimPayout(db: Executor, id: bigint, staffId: bigint): Promise<boolean> {
  const rows = await queryRows<{ id: string }>(
    db,
    sql`UPDATE payouts SET claimed_by = NULL, claimed_until = NULL
         WHERE id = ${id} AND claimed_by = ${staffId} RETURNING id`,
  );
  return rows.length > 0;
}

/** Puts it off, and lets go of it; null brings it back. */
export async function snoozePayout(db: Executor, id: bigint, until: Date | null): Promise<boolean> {
  const rows = await queryRows<{ id: string }>(
    db,
    sql`UPDATE payouts x SET snoozed_until = ${until}, claimed_by = NULL, claimed_until = NULL
         WHERE x.id = ${id} AND ${inReview} RETURNING x.id`,
  );
  return rows.length > 0;
}

export interface QueueCounts {
  readonly waiting: number;
  readonly late: number;
  readonly snoozed: number;
  /** Sent, and of unknown fate. */
  readonly unknown: number;
}

export async function countPayoutQueue(db: Executor, now: Date): Promise<QueueCounts> {
  const [row] = await queryRows<Record<keyof QueueCounts, string>>(
    db,
    sql`SELECT count(*) FILTER (WHERE ${inReview} AND (x.snoozed_until IS NULL OR x.snoozed_until <= ${now})) AS waiting,
               count(*) FILTER (WHERE x.due_at < ${now}) AS late,
               count(*) FILTER (WHERE ${inReview} AND x.snoozed_until > ${now}) AS snoozed,
               count(*) FILTER (WHERE x.state = 'UNKNOWN') AS unknown
          FROM payouts x WHERE x.due_at IS NOT NULL`,
  );
  const number = (name: keyof QueueCounts): number => Number(row?.[name] ?? 0);
  return { waiting: number("waiting"), late: number("late"), snoozed: number("snoozed"), unknown: number("unknown") };
}
