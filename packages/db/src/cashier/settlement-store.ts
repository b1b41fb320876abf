/** Settlement reports of payment providers as they were imported, and what of them the ledger still has to post. */
import type { SettlementKind, SettlementReport, SettlementSums } from "@pitboss/domain/cashier/settlement";
import { currencies, type Currency, currencyOfNumber } from "@pitboss/domain/wallet/currency";
import { type SQL, sql } from "drizzle-orm";
import { type Executor, queryRows, readInstant, readInstantOrNull } from "../kernel/executor.ts";
import type { Statement } from "../kernel/session.ts";

/** So many lines are written in one statement. */
const chunk = 10_000;

export interface NewReport {
  readonly psp: string;
  readonly report: SettlementReport;
  readonly sums: SettlementSums;
  /** Of what it says. */
  readonly sha256: string;
  /** The file's name in the object store. */
  readonly object: string;
  readonly importedBy: string;
}

export type InsertedReport =
  | { readonly kind: "new"; readonly id: bigint }
  | { readonly kind: "known" | "changed"; readonly id: bigint };

/** Writes a report with its lines, once: `known` says the same again, `changed` something else of the same payout. */
export async function insertReport(db: Executor, given: NewReport): Promise<InsertedReport> {
  const { psp, report, sums, sha256 } = given;
  const times = report.lines.map(({ bookedAt }) => bookedAt.getTime());
  const [from, to] = times.reduce(
    ([least, most], at) => [Math.min(least, at), Math.max(most, at)],
    [report.paidAt.getTime(), report.paidAt.getTime()],
  );
  const [made] = await queryRows<{ id: string }>(
    db,
    sql`INSERT INTO settlement_reports (psp, reference, currency, period_from, period_to, paid_out, paid_at, lines, gross, fees,
                                        reserve, sha256, object, imported_by)
        VALUES (${psp}, ${report.reference}, ${currencies[report.currency].number}, ${new Date(from)}, ${new Date(to)},
                ${report.paidOut}, ${report.paidAt}, ${report.lines.length}, ${sums.gross}, ${sums.fees}, ${sums.reserve},
                ${sha256}, ${given.object}, ${given.importedBy})
        ON CONFLICT (psp, reference, currency) DO NOTHING RETURNING id`,
  );
  if (made === undefined) {
    const [known] = await queryRows<{ id: string; sha256: string }>(
      db,
      sql`SELECT id, sha256 FROM settlement_reports
           WHERE psp = ${psp} AND reference = ${report.reference} AND currency = ${currencies[report.currency].number}`,
    );
    if (known === undefined) throw new Error(`report ${report.reference} is neither new nor known`);
    return { kind: known.sha256 === sha256 ? "known" : "changed", id: BigInt(known.id) };
  }
  for (let at = 0; at < report.lines.length; at += chunk) {
    const rows = report.lines.slice(at, at + chunk).map((line, index) => ({
      number: at + index + 1,
      kind: line.kind,
      reference: line.reference,
      ours: line.ours,
      gross: line.gross.toString(),
      fee: line.fee.toString(),
      booked_at: line.bookedAt.toISOString(),
    }));
    await db.execute(sql`
      INSERT INTO settlement_lines (report_id, number, kind, psp, reference, ours, currency, gross, fee, booked_at)
      SELECT ${made.id}::bigint, r.number, r.kind, ${psp}, r.reference, r.ours, ${currencies[report.currency].number}, r.gross,
             r.fee, r.booked_at
        FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
          AS r (number integer, kind text, reference text, ours text, gross bigint, fee bigint, booked_at timestamptz)`);
  }
  return { kind: "new", id: BigInt(made.id) };
}

/** Deposits that the report settles with the very amount that was credited become SETTLED; how many. */
export async function settleDeposits(db: Executor, report: bigint | null, since: Date): Promise<number> {
  const [row] = await queryRows<{ moved: number }>(db, sql`SELECT settle_deposits(${report}, ${since}) AS moved`);
  return row?.moved ?? 0;
}

export interface ReportRecord {
  readonly id: bigint;
  readonly psp: string;
  readonly reference: string;
  readonly currency: Currency;
  readonly periodFrom: Date;
  readonly periodTo: Date;
  readonly paidOut: bigint;
  readonly paidAt: Date;
  readonly lines: number;
  readonly gross: bigint;
  readonly fees: bigint;
  readonly reserve: bigint;
  readonly object: string;
  readonly importedAt: Date;
  readonly importedBy: string;
  readonly postedAt: Date | null;
  /** What arrived at the bank, and on which day; null where no statement shows it. */
  readonly arrived: bigint | null;
  readonly arrivedOn: string | null;
}

interface Row {
  readonly id: string;
  readonly psp: string;
  readonly reference: string;
  readonly currency: number;
  readonly period_from: string;
  readonly period_to: string;
  readonly paid_out: string;
  readonly paid_at: string;
  readonly lines: number;
  readonly gross: string;
  readonly fees: string;
  readonly reserve: string;
  readonly object: string;
  readonly imported_at: string;
  readonly imported_by: string;
  readonly posted_at: string | null;
  readonly arrived: string | null;
  readonly arrived_on: string | null;
}

const selectReports = sql`
  SELECT r.*, e.amount AS arrived, e.booked_on::text AS arrived_on
    FROM settlement_reports r LEFT JOIN bank_entries e ON e.report_id = r.id`;

export interface ReportFilter {
  readonly psp?: string | undefined;
  readonly before?: bigint | undefined;
  readonly limit: number;
}

/** Newest first, by keyset. */
export async function listReports(db: Executor, { psp, before, limit }: ReportFilter): Promise<ReportRecord[]> {
  const conditions: SQL[] = [sql`r.id < ${before ?? 1n << 62n}`];
  if (psp !== undefined) conditions.push(sql`r.psp = ${psp}`);
  const rows = await queryRows<Row>(
    db,
    sql`${selectReports} WHERE ${sql.join(conditions, sql` AND `)} ORDER BY r.id DESC LIMIT ${limit}`,
  );
  return rows.map(readReport);
}

export async function findReport(db: Executor, id: bigint): Promise<ReportRecord | undefined> {
  const [row] = await queryRows<Row>(db, sql`${selectReports} WHERE r.id = ${id}`);
  return row && readReport(row);
}

export interface UnpostedReport extends ReportRecord {
  /** What the provider had named as its fee with each payment of the report, which the ledger has already. */
  readonly named: bigint;
}

/** Reports that the ledger has nothing of yet, oldest first. */
export async function listUnpostedReports(db: Executor, limit: number): Promise<UnpostedReport[]> {
  const rows = await queryRows<Row & { readonly named: string }>(
    db,
    sql`SELECT r.*, NULL::bigint AS arrived, NULL::text AS arrived_on, (
          SELECT coalesce(sum(d.psp_fee), 0) FROM deposits d
           WHERE d.psp = r.psp AND d.transaction_id IS NOT NULL AND d.currency = r.currency AND d.psp_reference IN (
             SELECT l.reference FROM settlement_lines l
              WHERE l.report_id = r.id AND l.kind = 'PAYMENT' AND NOT EXISTS (
                SELECT FROM settlement_lines e WHERE e.psp = l.psp AND e.reference = l.reference AND e.kind = 'PAYMENT'
                   AND e.report_id < r.id))) AS named
          FROM settlement_reports r WHERE r.posted_at IS NULL ORDER BY r.id LIMIT ${limit}`,
  );
  return rows.map((row) => ({ ...readReport(row), named: BigInt(row.named) }));
}

export interface LateFee {
  readonly depositId: bigint;
  readonly psp: string;
  readonly currency: Currency;
  readonly fee: bigint;
}

/**
 * Deposits that were credited with their provider's fee after the ledger had the whole fees of the report that settles
 * them: it has theirs twice. They wait to be settled, or are disputed.
 */
export async function listLateFees(db: Executor, since: Date): Promise<LateFee[]> {
  const rows = await queryRows<{ id: string; psp: string; currency: number; fee: string }>(
    db,
    sql`SELECT DISTINCT d.id, d.psp, d.currency, d.psp_fee AS fee
          FROM deposits d
          JOIN settlement_lines l ON l.psp = d.psp AND l.reference = d.psp_reference AND l.kind = 'PAYMENT'
          JOIN settlement_reports r ON r.id = l.report_id
         WHERE d.state IN ('CREDITED', 'DISPUTED', 'WON', 'LOST') AND d.psp_fee > 0 AND l.booked_at >= ${since}
           AND transaction_time(d.transaction_id) > r.posted_at`,
  );
  return rows.map((row) => ({
    depositId: BigInt(row.id),
    psp: row.psp,
    currency: currencyOfNumber(row.currency),
    fee: BigInt(row.fee),
  }));
}

/** In the transaction of the report's last posting. */
export const markReportPostedStatement: Statement = {
  name: "mark-report-posted",
  text: "UPDATE settlement_reports SET posted_at = clock_timestamp() WHERE id = $1::bigint AND posted_at IS NULL",
};

/** For a report of which there is nothing to post. */
export async function markReportPosted(db: Executor, id: bigint): Promise<void> {
  await db.execute(
    sql`UPDATE settlement_reports SET posted_at = clock_timestamp() WHERE id = ${id} AND posted_at IS NULL`,
  );
}

/** The newest payout that is known of each provider: reports since then are asked for. */
export async function listNewestPayouts(db: Executor): Promise<ReadonlyMap<string, Date>> {
  const rows = await queryRows<{ psp: string; paid_at: string }>(
    db,
    sql`SELECT psp, max(paid_at) AS paid_at FROM settlement_reports GROUP BY psp`,
  );
  return new Map(rows.map(({ psp, paid_at }) => [psp, readInstant(paid_at)]));
}

/** Whether a file of this name was taken in. Its name ends with the hash of its bytes. */
export async function isFileTaken(db: Executor, object: string): Promise<boolean> {
  const rows = await queryRows<{ found: number }>(
    db,
    sql`SELECT 1 AS found WHERE EXISTS (SELECT FROM settlement_reports WHERE object = ${object})
        OR EXISTS (SELECT FROM bank_statements WHERE object = ${object})`,
  );
  return rows.length > 0;
}

function readReport(row: Row): ReportRecord {
  return {
    id: BigInt(row.id),
    psp: row.psp,
    reference: row.reference,
    currency: currencyOfNumber(row.currency),
    periodFrom: readInstant(row.period_from),
    periodTo: readInstant(row.period_to),
    paidOut: BigInt(row.paid_out),
    paidAt: readInstant(row.paid_at),
    lines: row.lines,
    gross: BigInt(row.gross),
    fees: BigInt(row.fees),
    reserve: BigInt(row.reserve),
    object: row.object,
    importedAt: readInstant(row.imported_at),
    importedBy: row.imported_by,
    postedAt: readInstantOrNull(row.posted_at),
    arrived: row.arrived === null ? null : BigInt(row.arrived),
    arrivedOn: row.arrived_on,
  };
}

export interface LineRecord {
  readonly reportId: bigint;
  readonly number: number;
  readonly kind: SettlementKind;
  readonly psp: string;
  readonly reference: string;
  readonly ours: string | null;
  readonly currency: Currency;
  readonly gross: bigint;
  readonly fee: bigint;
  readonly bookedAt: Date;
  /** The provider's name of the payout. */
  readonly report: string;
}

/** So many lines about one payment are shown. */
const mostLines = 20;

/** All lines about a payment, or the one of this number. */
export async function listLinesOf(
  db: Executor,
  of:
    | { readonly psp: string; readonly reference: string; readonly kind: string }
    | { readonly reportId: bigint; readonly number: number },
): Promise<LineRecord[]> {
  const which =
    "psp" in of
      ? sql`l.psp = ${of.psp} AND l.reference = ${of.reference} AND l.kind = ${of.kind}`
      : sql`l.report_id = ${of.reportId} AND l.number = ${of.number}`;
  const rows = await queryRows<{
    report_id: string;
    number: number;
    kind: SettlementKind;
    psp: string;
    reference: string;
    ours: string | null;
    currency: number;
    gross: string;
    fee: string;
    booked_at: string;
    report: string;
  }>(
    db,
    sql`SELECT l.*, r.reference AS report FROM settlement_lines l JOIN settlement_reports r ON r.id = l.report_id
         WHERE ${which} ORDER BY l.report_id, l.number LIMIT ${mostLines}`,
  );
  return rows.map(({ report_id, booked_at, currency, gross, fee, ...same }) => ({
    ...same,
    reportId: BigInt(report_id),
    currency: currencyOfNumber(currency),
    gross: BigInt(gross),
    fee: BigInt(fee),
    bookedAt: readInstant(booked_at),
  }));
}
