/** What reports say of themselves and of their payouts, against the bank's statements. */
import { type Currency, currencyOfNumber } from "@pitboss/domain/wallet/currency";
import { sql } from "drizzle-orm";
import { textArray } from "../kernel/arrays.ts";
import { type Executor, queryRows, readInstant } from "../kernel/executor.ts";

/** The statement before the first of the window may be so much older, days. */
const gapDays = 40;

export interface SettlementRule {
  /** How long a provider may take to report a payment, and its payout to the bank, days. */
  readonly reportDays: number;
  readonly bankDays: number;
}

/** What is in force for each provider; `*` is any other. */
export async function readSettlementRules(db: Executor, at: Date): Promise<ReadonlyMap<string, SettlementRule>> {
  const rows = await queryRows<{ psp: string; report_days: number; bank_days: number }>(
    db,
    sql`SELECT DISTINCT ON (psp) psp, report_days, bank_days FROM settlement_rules
         WHERE effective_from <= ${at} ORDER BY psp, effective_from DESC`,
  );
  return new Map(rows.map((row) => [row.psp, { reportDays: row.report_days, bankDays: row.bank_days }]));
}

/** Providers of which a report was ever imported. */
export async function listReportedPsps(db: Executor): Promise<string[]> {
  const rows = await queryRows<{ psp: string }>(db, sql`SELECT DISTINCT psp FROM settlement_reports`);
  return rows.map(({ psp }) => psp);
}

export interface PayoutPair {
  readonly reportId: bigint;
  readonly psp: string;
  readonly reference: string;
  readonly currency: Currency;
  readonly paidAt: Date;
  readonly paidOut: bigint;
  readonly gross: bigint;
  readonly fees: bigint;
  readonly reserve: bigint;
  readonly arrived: {
    readonly amount: bigint;
    readonly currency: Currency;
    readonly statementId: bigint;
    readonly number: number;
  } | null;
}

export interface BankWindow {
  readonly psps: readonly string[];
  readonly from: Date;
  readonly until: Date;
}

/** The payouts of the window, each with what arrived of it. */
export async function listPayoutPairs(db: Executor, { psps, from, until }: BankWindow): Promise<PayoutPair[]> {
  const rows = await queryRows<{
    id: string;
    psp: string;
    reference: string;
    currency: number;
    paid_at: string;
    paid_out: string;
    gross: string;
    fees: string;
    reserve: string;
    arrived: string | null;
    arrived_currency: number;
    statement_id: string;
    number: number;
  }>(
    db,
    sql`SELECT r.id, r.psp, r.reference, r.currency, r.paid_at, r.paid_out, r.gross, r.fees, r.reserve, e.amount AS arrived,
               s.currency AS arrived_currency, e.statement_id, e.number
          FROM settlement_reports r
          LEFT JOIN bank_entries e ON e.report_id = r.id LEFT JOIN bank_statements s ON s.id = e.statement_id
         WHERE r.psp = ANY(${textArray(psps)}::text[]) AND r.paid_at >= ${from} AND r.paid_at < ${until}`,
  );
  return rows.map((row) => ({
    reportId: BigInt(row.id),
    psp: row.psp,
    reference: row.reference,
    currency: currencyOfNumber(row.currency),
    paidAt: readInstant(row.paid_at),
    paidOut: BigInt(row.paid_out),
    gross: BigInt(row.gross),
    fees: BigInt(row.fees),
    reserve: BigInt(row.reserve),
    arrived:
      row.arrived === null
        ? null
        : {
            amount: BigInt(row.arrived),
            currency: currencyOfNumber(row.arrived_currency),
            statementId: BigInt(row.statement_id),
            number: row.number,
          },
  }));
}

export interface StrangeLine {
  readonly psp: string;
  readonly reportId: bigint;
  readonly number: number;
  readonly reference: string;
  readonly currency: Currency;
  readonly gross: bigint;
  readonly bookedAt: Date;
}

/** Lines that no rule explains. */
export async function listStrangeLines(db: Executor, { psps, from, until }: BankWindow): Promise<StrangeLine[]> {
  const rows = await queryRows<{
    psp: string;
    report_id: string;
    number: number;
    reference: string;
    currency: number;
    gross: string;
    booked_at: string;
  }>(
    db,
    sql`SELECT psp, report_id, number, reference, currency, gross, booked_at FROM settlement_lines
         WHERE kind = 'ADJUSTMENT' AND gross <> 0 AND psp = ANY(${textArray(psps)}::text[])
           AND booked_at >= ${from} AND booked_at < ${until}`,
  );
  return rows.map((row) => ({
    psp: row.psp,
    reportId: BigInt(row.report_id),
    number: row.number,
    reference: row.reference,
    currency: currencyOfNumber(row.currency),
    gross: BigInt(row.gross),
    bookedAt: readInstant(row.booked_at),
  }));
}

export interface StrangeEntry {
  readonly account: string;
  readonly statementId: bigint;
  readonly number: number;
  readonly currency: Currency;
  readonly amount: bigint;
  readonly bookedOn: string;
  readonly bankReference: string | null;
  readonly remittance: string | null;
  readonly counterparty: string | null;
}

/** Entries of the window that nothing of the house explains. */
export async function listStrangeEntries(
  db: Executor,
  { from, until }: Pick<BankWindow, "from" | "until">,
): Promise<StrangeEntry[]> {
  const rows = await queryRows<{
    account: string;
    statement_id: string;
    number: number;
    currency: number;
    amount: string;
    booked_on: string;
    bank_reference: string | null;
    remittance: string | null;
    counterparty: string | null;
  }>(
    db,
    sql`SELECT s.account, e.statement_id, e.number, s.currency, e.amount, e.booked_on::text AS booked_on, e.bank_reference,
               e.remittance, e.counterparty
          FROM bank_entries e JOIN bank_statements s ON s.id = e.statement_id
         WHERE e.booked_on >= ${dayOf(from)}::date AND e.booked_on < ${dayOf(until)}::date
           AND NOT EXISTS (SELECT FROM bank_explained x WHERE x.statement_id = e.statement_id AND x.number = e.number)`,
  );
  return rows.map((row) => ({
    account: row.account,
    statementId: BigInt(row.statement_id),
    number: row.number,
    currency: currencyOfNumber(row.currency),
    amount: BigInt(row.amount),
    bookedOn: row.booked_on,
    bankReference: row.bank_reference,
    remittance: row.remittance,
    counterparty: row.counterparty,
  }));
}

export interface StatementGap {
  readonly account: string;
  readonly statementId: bigint;
  readonly reference: string;
  readonly currency: Currency;
  readonly dayFrom: string;
  readonly what: "OPENING" | "SUM";
  readonly expected: bigint;
  readonly got: bigint;
}

/** Statements that do not begin where the one before ended, or whose entries do not lead to where they end. */
export async function listStatementGaps(
  db: Executor,
  { from, until }: Pick<BankWindow, "from" | "until">,
): Promise<StatementGap[]> {
  const rows = await queryRows<{
    account: string;
    id: string;
    reference: string;
    currency: number;
    day_from: string;
    opening: string;
    closing: string;
    before: string | null;
    moved: string;
  }>(
    db,
    sql`SELECT s.account, s.id, s.reference, s.currency, s.day_from::text AS day_from, s.opening, s.closing,
               lag(s.closing) OVER (PARTITION BY s.account, s.currency ORDER BY s.day_from, s.sequence NULLS LAST, s.id) AS before,
               (SELECT coalesce(sum(e.amount), 0) FROM bank_entries e WHERE e.statement_id = s.id) AS moved
          FROM bank_statements s
         WHERE s.day_to >= ${dayOf(from)}::date - ${gapDays}::integer AND s.day_from < ${dayOf(until)}::date`,
  );
  return rows.flatMap((row): StatementGap[] => {
    if (row.day_from < dayOf(from)) return [];
    const [opening, closing, moved] = [BigInt(row.opening), BigInt(row.closing), BigInt(row.moved)];
    const same = {
      account: row.account,
      statementId: BigInt(row.id),
      reference: row.reference,
      currency: currencyOfNumber(row.currency),
      dayFrom: row.day_from,
    };
    const gaps: StatementGap[] = [];
    if (row.before !== null && BigInt(row.before) !== opening) {
      gaps.push({ ...same, what: "OPENING", expected: BigInt(row.before), got: opening });
    }
    if (opening + moved !== closing) gaps.push({ ...same, what: "SUM", expected: opening + moved, got: closing });
    return gaps;
  });
}

/** Where each account ends, by its last statement of the time. */
export async function listClosings(
  db: Executor,
  until: Date,
): Promise<{ readonly account: string; readonly currency: Currency; readonly closing: bigint }[]> {
  const rows = await queryRows<{ account: string; currency: number; closing: string }>(
    db,
    sql`SELECT DISTINCT ON (account, currency) account, currency, closing FROM bank_statements
         WHERE day_from < ${dayOf(until)}::date
         ORDER BY account, currency, day_to DESC, sequence DESC NULLS LAST, id DESC`,
  );
  return rows.map(({ account, currency, closing }) => ({
    account,
    currency: currencyOfNumber(currency),
    closing: BigInt(closing),
  }));
}

/** When the money of the oldest open break of the cashier moved: a run looks back at least that far. */
export async function findOldestOpenBreak(db: Executor): Promise<Date | undefined> {
  const [row] = await queryRows<{ oldest: string | null }>(
    db,
    sql`SELECT min(happened_at) AS oldest FROM breaks
         WHERE source = 'cashier' AND state IN ('OPEN', 'ASSIGNED', 'PROPOSED', 'REOPENED')`,
  );
  return row?.oldest == null ? undefined : readInstant(row.oldest);
}

/** Pairs of names that people said are the same. */
export async function listHandMatches(db: Executor): Promise<{ readonly ours: string; readonly theirs: string }[]> {
  return queryRows(db, sql`SELECT ours, theirs FROM recon_matches WHERE source = 'cashier' ORDER BY id`);
}

function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}
