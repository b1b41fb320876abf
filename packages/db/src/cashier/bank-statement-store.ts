/** Statements of the house's accounts at banks, and which of their entries are providers' payouts. */
import { currencies, type Currency, currencyOfNumber } from "@pitboss/domain/wallet/currency";
import { type SQL, sql } from "drizzle-orm";
import { type Executor, queryRows, readInstant, readInstantOrNull } from "../kernel/executor.ts";
import type { Statement } from "../kernel/session.ts";

export interface NewEntry {
  readonly number: number;
  readonly amount: bigint;
  /** `2026-11-27`. */
  readonly bookedOn: string;
  readonly bankReference: string | null;
  readonly endToEndId: string | null;
  readonly remittance: string | null;
  readonly counterparty: string | null;
  readonly code: string | null;
}

export interface NewStatement {
  readonly account: string;
  readonly reference: string;
  readonly sequence: number | null;
  readonly currency: Currency;
  readonly dayFrom: string;
  readonly dayTo: string;
  readonly opening: bigint;
  readonly closing: bigint;
  readonly entries: readonly NewEntry[];
  /** Of what it says. */
  readonly sha256: string;
  readonly object: string;
  readonly importedBy: string;
}

export type InsertedStatement = { readonly kind: "new" | "known" | "changed"; readonly id: bigint };

const chunk = 10_000;

/** The bank's own name of the statement of an account that was taken in last; null where there is none. */
export async function findNewestStatement(db: Executor, account: string): Promise<string | null> {
  const rows = await queryRows<{ reference: string }>(
    db,
    sql`SELECT reference FROM bank_statements WHERE account = ${account} ORDER BY id DESC LIMIT 1`,
  );
  return rows[0]?.reference ?? null;
}

/** Writes a statement with its entries, once: `known` says the same again, `changed` something else under its name. */
export async function insertStatement(db: Executor, given: NewStatement): Promise<InsertedStatement> {
  const [made] = await queryRows<{ id: string }>(
    db,
    sql`INSERT INTO bank_statements (account, reference, sequence, currency, day_from, day_to, opening, closing, entries,
                                     sha256, object, imported_by)
        VALUES (${given.account}, ${given.reference}, ${given.sequence}, ${currencies[given.currency].number},
                ${given.dayFrom}::date, ${given.dayTo}::date, ${given.opening}, ${given.closing}, ${given.entries.length},
                ${given.sha256}, ${given.object}, ${given.importedBy})
        ON CONFLICT (account, reference) DO NOTHING RETURNING id`,
  );
  if (made === undefined) {
    const [known] = await queryRows<{ id: string; sha256: string }>(
      db,
      sql`SELECT id, sha256 FROM bank_statements WHERE account = ${given.account} AND reference = ${given.reference}`,
    );
    if (known === undefined) throw new Error(`statement ${given.reference} is neither new nor known`);
    return { kind: known.sha256 === given.sha256 ? "known" : "changed", id: BigInt(known.id) };
  }
  for (let at = 0; at < given.entries.length; at += chunk) {
    const rows = given.entries.slice(at, at + chunk).map((entry) => ({
      number: entry.number,
      amount: entry.amount.toString(),
      booked_on: entry.bookedOn,
      bank_reference: entry.bankReference,
      end_to_end_id: entry.endToEndId,
      remittance: entry.remittance,
      counterparty: entry.counterparty,
      code: entry.code,
    }));
    await db.execute(sql`
      INSERT INTO bank_entries (statement_id, number, amount, booked_on, bank_reference, end_to_end_id, remittance,
                                counterparty, code)
      SELECT ${made.id}::bigint, r.* FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        AS r (number integer, amount bigint, booked_on date, bank_reference text, end_to_end_id text, remittance text,
              counterparty text, code text)`);
  }
  return { kind: "new", id: BigInt(made.id) };
}

/** Finds the provider's payout behind each entry that names it; how many were found. */
export async function linkBankEntries(db: Executor): Promise<number> {
  const [row] = await queryRows<{ linked: number }>(db, sql`SELECT link_bank_entries() AS linked`);
  return row?.linked ?? 0;
}

export interface StatementRecord extends Omit<NewStatement, "entries" | "sha256"> {
  readonly id: bigint;
  readonly entries: number;
  readonly importedAt: Date;
}

export interface StatementFilter {
  readonly account?: string | undefined;
  readonly before?: bigint | undefined;
  readonly limit: number;
}

/** Newest first, by keyset. */
export async function listStatements(
  db: Executor,
  { account, before, limit }: StatementFilter,
): Promise<StatementRecord[]> {
  const conditions: SQL[] = [sql`id < ${before ?? 1n << 62n}`];
  if (account !== undefined) conditions.push(sql`account = ${account}`);
  const rows = await queryRows<{
    id: string;
    account: string;
    reference: string;
    sequence: number | null;
    currency: number;
    day_from: string;
    day_to: string;
    opening: string;
    closing: string;
    entries: number;
    object: string;
    imported_at: string;
    imported_by: string;
  }>(
    db,
    sql`SELECT *, day_from::text AS day_from, day_to::text AS day_to FROM bank_statements
         WHERE ${sql.join(conditions, sql` AND `)} ORDER BY id DESC LIMIT ${limit}`,
  );
  return rows.map((row) => ({
    id: BigInt(row.id),
    account: row.account,
    reference: row.reference,
    sequence: row.sequence,
    currency: currencyOfNumber(row.currency),
    dayFrom: row.day_from,
    dayTo: row.day_to,
    opening: BigInt(row.opening),
    closing: BigInt(row.closing),
    entries: row.entries,
    object: row.object,
    importedAt: readInstant(row.imported_at),
    importedBy: row.imported_by,
  }));
}

export interface EntryRecord extends NewEntry {
  readonly statementId: bigint;
  readonly account: string;
  readonly statement: string;
  readonly currency: Currency;
  readonly reportId: bigint | null;
  /** Of the report. */
  readonly psp: string | null;
  readonly postedAt: Date | null;
}

interface EntryRow {
  readonly statement_id: string;
  readonly number: number;
  readonly amount: string;
  readonly booked_on: string;
  readonly bank_reference: string | null;
  readonly end_to_end_id: string | null;
  readonly remittance: string | null;
  readonly counterparty: string | null;
  readonly code: string | null;
  readonly report_id: string | null;
  readonly posted_at: string | null;
  readonly account: string;
  readonly statement: string;
  readonly currency: number;
  readonly psp: string | null;
}

const selectEntries = sql`
  SELECT e.*, e.booked_on::text AS booked_on, s.account, s.reference AS statement, s.currency, r.psp
    FROM bank_entries e JOIN bank_statements s ON s.id = e.statement_id
    LEFT JOIN settlement_reports r ON r.id = e.report_id`;

export async function findEntry(db: Executor, statementId: bigint, number: number): Promise<EntryRecord | undefined> {
  const [row] = await queryRows<EntryRow>(
    db,
    sql`${selectEntries} WHERE e.statement_id = ${statementId} AND e.number = ${number}`,
  );
  return row && readEntry(row);
}

/** Payouts of providers that arrived, and that the ledger does not have at the bank yet. */
export async function listUnpostedArrivals(db: Executor, limit: number): Promise<EntryRecord[]> {
  const rows = await queryRows<EntryRow>(
    db,
    sql`${selectEntries} WHERE e.report_id IS NOT NULL AND e.posted_at IS NULL
         ORDER BY e.statement_id, e.number LIMIT ${limit}`,
  );
  return rows.map(readEntry);
}

/** In the transaction of the posting. */
export const markArrivalPostedStatement: Statement = {
  name: "mark-arrival-posted",
  text: `UPDATE bank_entries SET posted_at = clock_timestamp()
          WHERE statement_id = $1::bigint AND number = $2::integer AND posted_at IS NULL`,
};

function readEntry(row: EntryRow): EntryRecord {
  return {
    statementId: BigInt(row.statement_id),
    number: row.number,
    amount: BigInt(row.amount),
    bookedOn: row.booked_on,
    bankReference: row.bank_reference,
    endToEndId: row.end_to_end_id,
    remittance: row.remittance,
    counterparty: row.counterparty,
    code: row.code,
    account: row.account,
    statement: row.statement,
    currency: currencyOfNumber(row.currency),
    reportId: row.report_id === null ? null : BigInt(row.report_id),
    psp: row.psp,
    postedAt: readInstantOrNull(row.posted_at),
  };
}
