/** Statements of affiliates, version by version. What a version says is never changed. */
import type { StatementState } from "@pitboss/domain/reporting/affiliates/statement";
import type { JsonObject } from "@pitboss/domain/kernel/json";
import { type Currency, currencies, currencyOfNumber } from "@pitboss/domain/wallet/currency";
import { walletKinds } from "@pitboss/domain/wallet/ledger-codes";
import { sql } from "drizzle-orm";
import { type Executor, queryRows, readInstant, readInstantOrNull } from "../kernel/executor.ts";
import type { Statement } from "../kernel/session.ts";

export interface StatementRecord {
  readonly id: bigint;
  readonly affiliateId: bigint;
  readonly affiliate: string;
  /** `2026-10`. */
  readonly month: string;
  readonly version: number;
  readonly state: StatementState;
  readonly currency: Currency;
  readonly total: bigint;
  readonly due: bigint;
  readonly carriedOut: bigint;
  readonly body: JsonObject;
  /** Hex SHA-256. */
  readonly hash: string;
  readonly basis: string;
  readonly madeAt: Date;
  readonly actor: string;
  readonly reason: string;
  readonly approvedAt: Date | null;
  readonly approvedBy: string | null;
  readonly transactionId: bigint | null;
}

interface Row {
  readonly id: string;
  readonly affiliate_id: string;
  readonly affiliate: string;
  readonly month: string;
  readonly version: number;
  readonly state: StatementState;
  readonly currency: number;
  readonly total: string;
  readonly due: string;
  readonly carried_out: string;
  readonly body: JsonObject;
  readonly hash: string;
  readonly basis: string;
  readonly made_at: string;
  readonly actor: string;
  readonly reason: string;
  readonly approved_at: string | null;
  readonly approved_by: string | null;
  readonly transaction_id: string | null;
}

const columns = sql`s.id, s.affiliate_id, a.name AS affiliate, to_char(s.month, 'YYYY-MM') AS month, s.version, s.state, s.currency,
  s.total, s.due, s.carried_out, s.body, encode(s.hash, 'hex') AS hash, s.basis, s.made_at, s.actor, s.reason, s.approved_at,
  s.approved_by, s.transaction_id`;
const joined = sql`affiliate_statements s JOIN affiliates a ON a.id = s.affiliate_id`;

export interface StatementFilter {
  readonly affiliateId?: bigint | undefined;
  readonly month?: string | undefined;
  readonly state?: StatementState | undefined;
  readonly before?: bigint | undefined;
  readonly limit: number;
}

/** Newest first. */
export async function listStatements(db: Executor, filter: StatementFilter): Promise<StatementRecord[]> {
  const { affiliateId = null, month, state = null, before = null, limit } = filter;
  const first = month === undefined ? null : `${month}-01`;
  const rows = await queryRows<Row>(
    db,
    sql`SELECT ${columns} FROM ${joined}
         WHERE (${affiliateId}::bigint IS NULL OR s.affiliate_id = ${affiliateId})
           AND (${first}::date IS NULL OR s.month = ${first}::date)
           AND (${state}::text IS NULL OR s.state = ${state})
           AND (${before}::bigint IS NULL OR s.id < ${before})
         ORDER BY s.id DESC LIMIT ${limit}`,
  );
  return rows.map(readStatement);
}

export async function findStatement(db: Executor, id: bigint): Promise<StatementRecord | undefined> {
  const [row] = await queryRows<Row>(db, sql`SELECT ${columns} FROM ${joined} WHERE s.id = ${id}`);
  return row === undefined ? undefined : readStatement(row);
}

/** All versions of a month, newest first. */
export async function listVersions(db: Executor, affiliateId: bigint, month: string): Promise<StatementRecord[]> {
  const rows = await queryRows<Row>(
    db,
    sql`SELECT ${columns} FROM ${joined} WHERE s.affiliate_id = ${affiliateId} AND s.month = ${`${month}-01`}::date
         ORDER BY s.version DESC`,
  );
  return rows.map(readStatement);
}

export async function hasEarlierOpen(db: Executor, affiliateId: bigint, month: string): Promise<boolean> {
  const rows = await queryRows(
    db,
    sql`SELECT FROM affiliate_statements WHERE affiliate_id = ${affiliateId} AND month < ${`${month}-01`}::date AND state = 'OPEN' LIMIT 1`,
  );
  return rows.length > 0;
}

export type NewStatement = Pick<
  StatementRecord,
  | "affiliateId"
  | "month"
  | "version"
  | "currency"
  | "total"
  | "due"
  | "carriedOut"
  | "body"
  | "hash"
  | "basis"
  | "actor"
  | "reason"
>;

/** Takes the place of the version that was open. Undefined where another engine has just made this version. */
export async function insertStatement(db: Executor, made: NewStatement): Promise<bigint | undefined> {
  await db.execute(sql`
    UPDATE affiliate_statements SET state = 'REPLACED'
     WHERE affiliate_id = ${made.affiliateId} AND month = ${`${made.month}-01`}::date AND state IN ('OPEN', 'NIL')`);
  const [row] = await queryRows<{ id: string }>(
    db,
    sql`INSERT INTO affiliate_statements (affiliate_id, month, version, state, currency, total, due, carried_out, body, hash, basis, actor, reason)
        VALUES (${made.affiliateId}, ${`${made.month}-01`}::date, ${made.version}, ${made.due === 0n ? "NIL" : "OPEN"},
                ${currencies[made.currency].number}, ${made.total}, ${made.due}, ${made.carriedOut}, ${JSON.stringify(made.body)}::jsonb,
                decode(${made.hash}, 'hex'), ${made.basis}, ${made.actor}, ${made.reason})
        ON CONFLICT DO NOTHING RETURNING id`,
  );
  return row === undefined ? undefined : BigInt(row.id);
}

/** What was looked at, and said the same as before. */
export async function noteBasis(db: Executor, id: bigint, basis: string): Promise<void> {
  await db.execute(sql`UPDATE affiliate_statements SET basis = ${basis} WHERE id = ${id}`);
}

/** What a month's statement would be made of now; undefined while the month is not tied day by day. */
export async function readMonthBasis(db: Executor, month: string): Promise<string | undefined> {
  const first = `${month}-01`;
  const [row] = await queryRows<{ due: number; tied: number; basis: string | null }>(
    db,
    sql`WITH opened AS (SELECT min(day) AS day FROM report_closings),
             days AS (SELECT DISTINCT ON (c.day) c.day, c.revision, c.status,
                             EXISTS (SELECT FROM report_late l WHERE l.day = c.day AND l.id > c.late_through) AS late
                        FROM report_closings c
                       WHERE c.day >= ${first}::date AND c.day < ${first}::date + interval '1 month'
                       ORDER BY c.day, c.revision DESC)
        SELECT (SELECT greatest(0, (${first}::date + interval '1 month')::date - greatest(${first}::date, opened.day)) FROM opened) AS due,
               (SELECT count(*)::integer FROM days WHERE status = 'TIED' AND NOT late) AS tied,
               (SELECT string_agg(day || ':' || revision, ',' ORDER BY day) FROM days) AS basis`,
  );
  if (row?.due == null || row.tied !== row.due) return undefined;
  return row.basis ?? "";
}

export interface DueStatement {
  readonly affiliateId: bigint;
  readonly month: string;
}

/** Months of affiliates that ended before `now`, from the first one that has a plan on, in order. */
export async function listStatementMonths(
  db: Executor,
  now: Date,
): Promise<(DueStatement & { readonly basis: string | null })[]> {
  const rows = await queryRows<{ affiliate_id: string; month: string; basis: string | null }>(
    db,
    sql`SELECT p.affiliate_id, to_char(m, 'YYYY-MM') AS month, newest.basis
          FROM (SELECT affiliate_id, min(from_month) AS first FROM affiliate_plans GROUP BY affiliate_id) p
         CROSS JOIN LATERAL generate_series(p.first, date_trunc('month', ${now}::timestamptz AT TIME ZONE 'UTC') - interval '1 month', interval '1 month') m
          LEFT JOIN LATERAL (SELECT s.basis FROM affiliate_statements s WHERE s.affiliate_id = p.affiliate_id AND s.month = m::date
                              ORDER BY s.version DESC LIMIT 1) newest ON true
         ORDER BY p.affiliate_id, m`,
  );
  return rows.map(({ affiliate_id, month, basis }) => ({ affiliateId: BigInt(affiliate_id), month, basis }));
}

/** The newest proposal to approve a statement, whatever became of it. */
export async function findProposalOf(db: Executor, affiliate: string, statement: string): Promise<bigint | undefined> {
  const [row] = await queryRows<{ id: string }>(
    db,
    sql`SELECT id FROM approvals WHERE kind = 'affiliate.statement' AND subject_kind = 'affiliate' AND subject_id = ${affiliate}
           AND content->>'statementId' = ${statement} ORDER BY id DESC LIMIT 1`,
  );
  return row === undefined ? undefined : BigInt(row.id);
}

/** True where an approved statement covers this month or a later one. */
export async function hasApprovedFrom(db: Executor, affiliateId: bigint, month: string): Promise<boolean> {
  const rows = await queryRows(
    db,
    sql`SELECT FROM affiliate_statements WHERE affiliate_id = ${affiliateId} AND month >= ${`${month}-01`}::date AND state = 'APPROVED' LIMIT 1`,
  );
  return rows.length > 0;
}

export const approveStatementStatement: Statement = {
  name: "approve-affiliate-statement",
  text: "SELECT approve_affiliate_statement($1::bigint, decode($2::text, 'hex'), $3::uuid, $4::text)",
};

/** What the house owes an affiliate, by the ledger; below zero is what the affiliate owes. */
export async function readLiability(db: Executor, affiliate: string, currency: Currency): Promise<bigint> {
  const [row] = await queryRows<{ owed: string }>(
    db,
    sql`SELECT coalesce(sum(available + held), 0) AS owed FROM wallets
         WHERE player_id IS NULL AND kind = ${walletKinds.AFFILIATE_LIABILITY} AND qualifier = ${affiliate}
           AND currency = ${currencies[currency].number}`,
  );
  return BigInt(row?.owed ?? 0);
}

function readStatement(row: Row): StatementRecord {
  return {
    id: BigInt(row.id),
    affiliateId: BigInt(row.affiliate_id),
    affiliate: row.affiliate,
    month: row.month,
    version: row.version,
    state: row.state,
    currency: currencyOfNumber(row.currency),
    total: BigInt(row.total),
    due: BigInt(row.due),
    carriedOut: BigInt(row.carried_out),
    body: row.body,
    hash: row.hash,
    basis: row.basis,
    madeAt: readInstant(row.made_at),
    actor: row.actor,
    reason: row.reason,
    approvedAt: readInstantOrNull(row.approved_at),
    approvedBy: row.approved_by,
    transactionId: row.transaction_id === null ? null : BigInt(row.transaction_id),
  };
}
