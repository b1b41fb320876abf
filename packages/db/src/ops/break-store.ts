/** Breaks of reconciliations: found by runs, moved by people, with every step. */
import type { JsonObject } from "@pitboss/domain/kernel/json";
import type { BreakEvent, BreakState } from "@pitboss/domain/ops/breaks/break-machine";
import type { BreakSource, BreakType } from "@pitboss/domain/ops/breaks/break-types";
import { currencies, type Currency, currencyOfNumber } from "@pitboss/domain/wallet/currency";
import { type SQL, sql } from "drizzle-orm";
import { type Executor, queryRows, readInstant, readInstantOrNull } from "../kernel/executor.ts";

export interface BreakSide {
  /** Minor units, with its sign. */
  readonly amount: bigint;
  readonly currency: Currency;
}

/** Ids that people know, by what they are: `depositId`, `reference`, `report`. */
export type BreakSubject = Readonly<Record<string, string>>;

/** What a run found. */
export interface FoundBreak {
  readonly type: BreakType;
  /** Where the run compares several: the provider that it is about. */
  readonly scope?: string;
  /** Names the difference for ever: the next run finds the same break by it. */
  readonly key: string;
  readonly subject: BreakSubject;
  /** What the house's own record says; null where it has none. */
  readonly expected: BreakSide | null;
  /** What the other record says; null where it has none. */
  readonly got: BreakSide | null;
  /** When the money moved that it is about. */
  readonly happenedAt: Date;
}

export interface BreakRecord extends Omit<FoundBreak, "scope"> {
  readonly id: bigint;
  readonly source: BreakSource;
  readonly scope: string;
  readonly state: BreakState;
  readonly foundAt: Date;
  readonly firstRun: bigint;
  readonly lastRun: bigint;
  readonly ownerId: bigint | null;
  readonly ownerName: string | null;
  readonly approvalId: bigint | null;
  readonly closedAt: Date | null;
}

/** So many are written in one statement. */
const chunk = 5_000;

/** Writes down what a run found, in its transaction; how many are new, and how many were closed before. */
export async function recordBreaks(
  db: Executor,
  run: bigint,
  found: readonly FoundBreak[],
): Promise<{ readonly found: number; readonly reopened: number }> {
  let [opened, reopened] = [0, 0];
  for (let at = 0; at < found.length; at += chunk) {
    const rows = found.slice(at, at + chunk).map((one) => ({
      key: one.key,
      scope: one.scope ?? null,
      type: one.type,
      subject: one.subject,
      ...side("expected", one.expected),
      ...side("got", one.got),
      happened_at: one.happenedAt.toISOString(),
    }));
    const [row] = await queryRows<{ opened: number; reopened: number }>(
      db,
      sql`SELECT * FROM record_breaks(${run}, ${JSON.stringify(rows)}::jsonb)`,
    );
    opened += row?.opened ?? 0;
    reopened += row?.reopened ?? 0;
  }
  return { found: opened, reopened };
}

function side(name: string, value: BreakSide | null): Record<string, string | number | null> {
  return {
    [name]: value === null ? null : value.amount.toString(),
    [`${name}_currency`]: value === null ? null : currencies[value.currency].number,
  };
}

/**
 * What the run did not find again has gone by itself; how many. Called once, after all was recorded; `since` is from when on
 * the run looked at money that moved.
 */
export async function clearBreaks(db: Executor, run: bigint, since = new Date(0)): Promise<number> {
  const [row] = await queryRows<{ cleared: number }>(db, sql`SELECT clear_breaks(${run}, ${since}) AS cleared`);
  return row?.cleared ?? 0;
}

const selectBreaks = sql`SELECT b.*, s.name AS owner_name FROM breaks b LEFT JOIN staff s ON s.id = b.owner_id`;

export async function findBreak(db: Executor, id: bigint): Promise<BreakRecord | undefined> {
  const [row] = await queryRows<Row>(db, sql`${selectBreaks} WHERE b.id = ${id}`);
  return row && readBreak(row);
}

/** Locks it, so that it stays as it is read until the transaction ends. */
export async function lockBreak(db: Executor, id: bigint): Promise<BreakRecord | undefined> {
  const [row] = await queryRows<Row>(db, sql`${selectBreaks} WHERE b.id = ${id} FOR NO KEY UPDATE OF b`);
  return row && readBreak(row);
}

export interface BreakFilter {
  readonly source?: BreakSource | undefined;
  readonly scope?: string | undefined;
  readonly states?: readonly BreakState[] | undefined;
  readonly types?: readonly BreakType[] | undefined;
  readonly ownerId?: bigint | undefined;
  readonly unowned?: boolean | undefined;
  /** Of this run: what it found, new or again. */
  readonly runId?: bigint | undefined;
  /** Only those about money that moved before. */
  readonly happenedBefore?: Date | undefined;
  readonly before?: bigint | undefined;
  readonly limit: number;
}

/** Newest first, by keyset. */
export async function listBreaks(db: Executor, filter: BreakFilter): Promise<BreakRecord[]> {
  const conditions: SQL[] = [sql`b.id < ${filter.before ?? 1n << 62n}`];
  if (filter.source !== undefined) conditions.push(sql`b.source = ${filter.source}`);
  if (filter.scope !== undefined) conditions.push(sql`b.scope = ${filter.scope}`);
  if (filter.states !== undefined) conditions.push(sql`b.state = ANY(${`{${filter.states.join(",")}}`}::text[])`);
  if (filter.types !== undefined) conditions.push(sql`b.type = ANY(${`{${filter.types.join(",")}}`}::text[])`);
  if (filter.ownerId !== undefined) conditions.push(sql`b.owner_id = ${filter.ownerId}`);
  if (filter.unowned === true) conditions.push(sql`b.owner_id IS NULL`);
  if (filter.runId !== undefined) conditions.push(sql`b.last_run = ${filter.runId}`);
  if (filter.happenedBefore !== undefined) conditions.push(sql`b.happened_at < ${filter.happenedBefore}`);
  const rows = await queryRows<Row>(
    db,
    sql`${selectBreaks} WHERE ${sql.join(conditions, sql` AND `)} ORDER BY b.id DESC LIMIT ${filter.limit}`,
  );
  return rows.map(readBreak);
}

export interface BreakMove {
  readonly id: bigint;
  readonly from: BreakState;
  readonly event: BreakEvent;
  readonly actor: string;
  readonly note: string | null;
  readonly details?: JsonObject | null;
  readonly ownerId?: bigint | null;
  readonly approvalId?: bigint | null;
}

/** Of a break that the caller has locked. */
export async function moveBreak(db: Executor, move: BreakMove): Promise<void> {
  const { id, from, event, actor, note, details = null, ownerId = null, approvalId = null } = move;
  await db.execute(sql`
    SELECT move_break(${id}::bigint, ${from}::text, ${event}::text, ${actor}::text, ${note}::text,
                      ${details === null ? null : JSON.stringify(details)}::jsonb, ${ownerId}::bigint, ${approvalId}::bigint)`);
}

/** What a person writes on a break; it moves nothing. Of a break that the caller has locked. */
export async function noteBreak(db: Executor, found: BreakRecord, actor: string, note: string): Promise<void> {
  await db.execute(sql`
    INSERT INTO break_steps (break_id, number, event, to_state, actor, note)
    SELECT ${found.id}, coalesce(max(s.number), 0) + 1, 'note', ${found.state}, ${actor}, ${note}
      FROM break_steps s WHERE s.break_id = ${found.id}`);
}

/** Says that records are the same, in the transaction that ends the break. False where that was said already. */
export async function insertMatches(
  db: Executor,
  found: BreakRecord,
  pairs: readonly { readonly ours: string; readonly theirs: string }[],
): Promise<boolean> {
  const rows = await queryRows<{ id: string }>(
    db,
    sql`INSERT INTO recon_matches (source, scope, ours, theirs, break_id)
        SELECT ${found.source}, ${found.scope}, p.ours, p.theirs, ${found.id}
          FROM jsonb_to_recordset(${JSON.stringify(pairs)}::jsonb) AS p (ours text, theirs text)
        ON CONFLICT (source, ours, theirs) DO NOTHING RETURNING id`,
  );
  return rows.length === pairs.length;
}

export interface BreakStep {
  readonly number: number;
  readonly at: Date;
  readonly event: string;
  readonly to: BreakState;
  readonly actor: string;
  readonly note: string | null;
  readonly details: JsonObject | null;
}

export async function listBreakSteps(db: Executor, id: bigint): Promise<BreakStep[]> {
  const rows = await queryRows<{
    number: number;
    at: string;
    event: string;
    to_state: BreakState;
    actor: string;
    note: string | null;
    details: JsonObject | null;
  }>(db, sql`SELECT * FROM break_steps WHERE break_id = ${id} ORDER BY number`);
  return rows.map(({ to_state, at, ...row }) => ({ ...row, at: readInstant(at), to: to_state }));
}

export interface BreakCount {
  readonly source: BreakSource;
  readonly scope: string;
  readonly type: BreakType;
  readonly currency: Currency | null;
  readonly count: number;
  /** What the sides differ by in all, minor units, without signs; null where they are in different currencies. */
  readonly amount: bigint | null;
  readonly oldest: Date;
}

/** What is open, by type: the triage. */
export async function countOpenBreaks(db: Executor, source?: BreakSource): Promise<BreakCount[]> {
  const rows = await queryRows<{
    source: BreakSource;
    scope: string;
    type: BreakType;
    currency: number | null;
    count: string;
    amount: string | null;
    oldest: string;
  }>(
    db,
    sql`SELECT source, scope, type, coalesce(got_currency, expected_currency) AS currency, count(*) AS count,
               sum(CASE WHEN coalesce(got_currency, expected_currency) = coalesce(expected_currency, got_currency)
                        THEN abs(coalesce(got, 0) - coalesce(expected, 0)) END)::bigint AS amount,
               min(happened_at) AS oldest
          FROM breaks
         WHERE state IN ('OPEN', 'ASSIGNED', 'PROPOSED', 'REOPENED') ${source === undefined ? sql`` : sql`AND source = ${source}`}
         GROUP BY 1, 2, 3, 4 ORDER BY min(happened_at)`,
  );
  return rows.map((row) => ({
    ...row,
    currency: row.currency === null ? null : currencyOfNumber(row.currency),
    count: Number(row.count),
    amount: row.amount === null ? null : BigInt(row.amount),
    oldest: readInstant(row.oldest),
  }));
}

interface Row {
  readonly id: string;
  readonly source: BreakSource;
  readonly scope: string;
  readonly type: BreakType;
  readonly key: string;
  readonly state: BreakState;
  readonly subject: BreakSubject;
  readonly expected: string | null;
  readonly expected_currency: number | null;
  readonly got: string | null;
  readonly got_currency: number | null;
  readonly happened_at: string;
  readonly found_at: string;
  readonly first_run: string;
  readonly last_run: string;
  readonly owner_id: string | null;
  readonly owner_name: string | null;
  readonly approval_id: string | null;
  readonly closed_at: string | null;
}

function readBreak(row: Row): BreakRecord {
  const { source, scope, type, key, state, subject } = row;
  return {
    id: BigInt(row.id),
    source,
    scope,
    type,
    key,
    state,
    subject,
    expected: readSide(row.expected, row.expected_currency),
    got: readSide(row.got, row.got_currency),
    happenedAt: readInstant(row.happened_at),
    foundAt: readInstant(row.found_at),
    firstRun: BigInt(row.first_run),
    lastRun: BigInt(row.last_run),
    ownerId: row.owner_id === null ? null : BigInt(row.owner_id),
    ownerName: row.owner_name,
    approvalId: row.approval_id === null ? null : BigInt(row.approval_id),
    closedAt: readInstantOrNull(row.closed_at),
  };
}

function readSide(amount: string | null, currency: number | null): BreakSide | null {
  return amount === null || currency === null ? null : { amount: BigInt(amount), currency: currencyOfNumber(currency) };
}
