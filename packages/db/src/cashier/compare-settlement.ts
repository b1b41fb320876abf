/**
 * Puts the ledger's payments and the lines of settlement reports side by side, in sets: a million lines join in seconds.
 * Only pairs that do not agree leave the database, each looked at once more over all of time, so that a line that came
 * months after its payment finds it. Runs in one transaction, over tables that live as long as that.
 */
import type { ComparedKind } from "@pitboss/domain/cashier/compare-settlement";
import { comparedKinds } from "@pitboss/domain/cashier/compare-settlement";
import { type Currency, currencyOfNumber } from "@pitboss/domain/wallet/currency";
import { firstIdAt, transactionTimeMs } from "@pitboss/domain/wallet/transaction-id";
import { sql } from "drizzle-orm";
import { textArray } from "../kernel/arrays.ts";
import { type Executor, queryRows, readInstant } from "../kernel/executor.ts";

/** A line of a report that people said is a transaction of the ledger. */
export interface HandMatch {
  readonly reportId: bigint;
  readonly number: number;
  readonly transactionId: bigint;
}

export interface CompareWindow {
  readonly psps: readonly string[];
  readonly from: Date;
  readonly until: Date;
  readonly matches: readonly HandMatch[];
}

const kinds = textArray(comparedKinds);

/** Makes the pairs of the window; to be called first, in the transaction of the others. */
export async function pairSettlement(db: Executor, { psps, from, until, matches }: CompareWindow): Promise<void> {
  await db.execute(sql`SELECT set_config('work_mem', '192MB', true), set_config('jit', 'off', true)`);
  const given = matches.map(({ reportId, number, transactionId }) => ({
    report_id: reportId.toString(),
    number,
    tx: transactionId.toString(),
  }));
  await db.execute(sql`
    CREATE TEMP TABLE recon_by_hand ON COMMIT DROP AS
      SELECT g.report_id, g.number, c.psp, c.kind, c.reference
        FROM jsonb_to_recordset(${JSON.stringify(given)}::jsonb) AS g (report_id bigint, number integer, tx bigint)
        JOIN cashier_ledger c ON c.transaction_id = g.tx`);
  await db.execute(sql`
    CREATE TEMP TABLE recon_pairs ON COMMIT DROP AS
      WITH lines AS (
        SELECT coalesce(h.psp, l.psp) AS psp, coalesce(h.kind, l.kind) AS kind, coalesce(h.reference, l.reference) AS reference,
               sum(l.gross)::bigint AS gross, sum(l.fee)::bigint AS fee, count(*)::integer AS lines,
               min(l.currency) AS currency, max(l.currency) AS other_currency
          FROM settlement_lines l
          LEFT JOIN recon_by_hand h ON h.report_id = l.report_id AND h.number = l.number
         WHERE l.psp = ANY(${textArray(psps)}::text[]) AND l.kind = ANY(${kinds}::text[])
           AND l.booked_at >= ${from} AND l.booked_at < ${until}
         GROUP BY 1, 2, 3
      ), ledger AS (
        SELECT psp, kind, reference, currency, amount, fee, transaction_id FROM cashier_ledger
         WHERE psp = ANY(${textArray(psps)}::text[]) AND transaction_id >= ${firstIdAt(from.getTime())}
           AND transaction_id < ${firstIdAt(until.getTime())}
      )
      SELECT coalesce(c.psp, l.psp) AS psp, coalesce(c.kind, l.kind) AS kind, coalesce(c.reference, l.reference) AS reference,
             c.currency, c.amount, l.currency AS told_currency, l.gross, coalesce(l.lines, 0) AS lines,
             (c.amount = l.gross AND c.currency = l.currency AND l.currency = l.other_currency
              AND (c.kind <> 'PAYMENT' OR c.fee = 0 OR c.fee = l.fee)) IS TRUE AS agrees
        FROM ledger c FULL JOIN lines l ON l.psp = c.psp AND l.kind = c.kind AND l.reference = c.reference`);
}

export interface PairRecord {
  readonly psp: string;
  readonly kind: ComparedKind;
  readonly reference: string;
  readonly ours: {
    readonly amount: bigint;
    readonly currency: Currency;
    readonly fee: bigint;
    readonly atMs: number;
    readonly transactionId: bigint;
    readonly subjectKind: "dep" | "pay" | "cb" | "afp";
    readonly subject: bigint;
  } | null;
  readonly theirs: {
    readonly gross: bigint;
    readonly fee: bigint;
    readonly times: number;
    readonly least: bigint;
    readonly currency: Currency;
    readonly otherCurrency: Currency;
    readonly bookedAt: Date;
    readonly reportId: bigint;
    /** The last of its lines: where it was settled twice, that is the one too many. */
    readonly number: number;
    readonly ours: string | null;
  } | null;
  /** A deposit or payout under the same reference that moved no money. */
  readonly idle: { readonly kind: "dep" | "pay"; readonly id: bigint; readonly state: string } | null;
}

interface PairRow {
  readonly psp: string;
  readonly kind: ComparedKind;
  readonly reference: string;
  readonly transaction_id: string | null;
  readonly subject_kind: "dep" | "pay" | "cb" | "afp";
  readonly subject: string;
  readonly currency: number;
  readonly amount: string;
  readonly named: string;
  readonly gross: string | null;
  readonly fee: string;
  readonly times: number;
  readonly least: string | null;
  readonly told_currency: number;
  readonly other_currency: number;
  readonly booked_at: string;
  readonly report_id: string;
  readonly number: number;
  readonly ours: string | null;
  readonly idle_kind: "dep" | "pay" | null;
  readonly idle_id: string;
  readonly idle_state: string;
}

/** Pairs of the window that do not agree, each with both sides as all of time has them. */
export async function listDoubtfulPairs(db: Executor): Promise<PairRecord[]> {
  const rows = await queryRows<PairRow>(
    db,
    sql`SELECT s.psp, s.kind, s.reference, c.transaction_id, c.subject_kind, c.subject, c.currency, c.amount, c.fee AS named,
               l.*, i.idle_kind, i.idle_id, i.idle_state
          FROM (SELECT DISTINCT psp, kind, reference FROM recon_pairs WHERE NOT agrees AND reference IS NOT NULL) s
          LEFT JOIN LATERAL (
            SELECT * FROM cashier_ledger g WHERE g.psp = s.psp AND g.reference = s.reference AND g.kind = s.kind
             ORDER BY g.transaction_id LIMIT 1) c ON true
          LEFT JOIN LATERAL (
            SELECT sum(x.gross)::bigint AS gross, sum(x.fee)::bigint AS fee, min(x.currency) AS told_currency,
                   max(x.currency) AS other_currency, min(x.booked_at) AS booked_at,
                   (count(*) FILTER (WHERE x.gross <> 0))::integer AS times,
                   min(x.gross) FILTER (WHERE x.gross <> 0) AS least,
                   (array_agg(x.report_id ORDER BY x.gross = 0, x.report_id DESC, x.number DESC))[1] AS report_id,
                   (array_agg(x.number ORDER BY x.gross = 0, x.report_id DESC, x.number DESC))[1] AS number, min(x.ours) AS ours
              FROM (
                SELECT d.* FROM settlement_lines d
                  LEFT JOIN recon_by_hand h ON h.report_id = d.report_id AND h.number = d.number
                 WHERE d.psp = s.psp AND d.reference = s.reference AND d.kind = s.kind AND h.report_id IS NULL
                UNION ALL
                SELECT d.* FROM recon_by_hand h
                  JOIN settlement_lines d ON d.report_id = h.report_id AND d.number = h.number
                 WHERE h.psp = s.psp AND h.kind = s.kind AND h.reference = s.reference) x) l ON true
          LEFT JOIN LATERAL (
            SELECT 'dep' AS idle_kind, d.id AS idle_id, d.state AS idle_state FROM deposits d
             WHERE c.transaction_id IS NULL AND s.kind = 'PAYMENT' AND d.psp = s.psp AND d.psp_reference = s.reference
            UNION ALL
            SELECT 'pay', p.id, p.state FROM payouts p
             WHERE c.transaction_id IS NULL AND s.kind LIKE 'PAYOUT%' AND p.psp = s.psp AND p.psp_reference = s.reference
            LIMIT 1) i ON true`,
  );
  return rows.map(readPair);
}

function readPair(row: PairRow): PairRecord {
  const { psp, kind, reference, transaction_id, gross } = row;
  return {
    psp,
    kind,
    reference,
    ours:
      transaction_id === null
        ? null
        : {
            amount: BigInt(row.amount),
            currency: currencyOfNumber(row.currency),
            fee: BigInt(row.named),
            atMs: transactionTimeMs(BigInt(transaction_id)),
            transactionId: BigInt(transaction_id),
            subjectKind: row.subject_kind,
            subject: BigInt(row.subject),
          },
    theirs:
      gross === null
        ? null
        : {
            gross: BigInt(gross),
            fee: BigInt(row.fee),
            times: row.times,
            least: BigInt(row.least ?? 0),
            currency: currencyOfNumber(row.told_currency),
            otherCurrency: currencyOfNumber(row.other_currency),
            bookedAt: readInstant(row.booked_at),
            reportId: BigInt(row.report_id),
            number: row.number,
            ours: row.ours,
          },
    idle: row.idle_kind === null ? null : { kind: row.idle_kind, id: BigInt(row.idle_id), state: row.idle_state },
  };
}

export interface PairSum {
  readonly psp: string;
  readonly kind: ComparedKind;
  readonly currency: Currency;
  readonly side: "LEDGER" | "PSP";
  readonly count: number;
  readonly amount: bigint;
}

export interface PairSums {
  readonly sums: readonly PairSum[];
  /** Records of both sides that were looked at, and pairs that agree. */
  readonly lines: bigint;
  readonly matched: bigint;
}

/** What each side of the window adds up to. */
export async function sumPairs(db: Executor): Promise<PairSums> {
  const rows = await queryRows<{
    psp: string;
    kind: ComparedKind;
    currency: number | null;
    told_currency: number | null;
    ours: string;
    amount: string | null;
    theirs: string;
    gross: string | null;
    lines: string;
    matched: string;
  }>(
    db,
    sql`SELECT psp, kind, currency, told_currency, count(amount) AS ours, sum(amount)::bigint AS amount, count(gross) AS theirs,
               sum(gross)::bigint AS gross, count(amount) + coalesce(sum(lines), 0) AS lines,
               count(*) FILTER (WHERE agrees) AS matched
          FROM recon_pairs GROUP BY 1, 2, 3, 4`,
  );
  const sums = new Map<string, PairSum>();
  const add = (one: PairSum): void => {
    const key = `${one.psp} ${one.kind} ${one.currency} ${one.side}`;
    const there = sums.get(key);
    const [count, amount] = [one.count + (there?.count ?? 0), one.amount + (there?.amount ?? 0n)];
    sums.set(key, { ...one, count, amount });
  };
  for (const { psp, kind, currency, told_currency, ours, amount, theirs, gross } of rows) {
    if (currency !== null && amount !== null) {
      const side = { currency: currencyOfNumber(currency), side: "LEDGER", count: Number(ours) } as const;
      add({ psp, kind, ...side, amount: BigInt(amount) });
    }
    if (told_currency !== null && gross !== null) {
      const side = { currency: currencyOfNumber(told_currency), side: "PSP", count: Number(theirs) } as const;
      add({ psp, kind, ...side, amount: BigInt(gross) });
    }
  }
  return {
    sums: [...sums.values()],
    lines: rows.reduce((sum, { lines }) => sum + BigInt(lines), 0n),
    matched: rows.reduce((sum, { matched }) => sum + BigInt(matched), 0n),
  };
}
