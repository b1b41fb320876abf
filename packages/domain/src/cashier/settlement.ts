/**
 * What a payment provider reports of the house's money with it, in the house's words. A report explains one payout to the
 * house's bank in one currency: each line changes what the provider owes, and together they are what was paid out.
 */
import { err, type Failure, ok, type Result } from "../kernel/result.ts";
import { type Currency, isCurrency } from "../wallet/currency.ts";
import { parseAmount } from "../wallet/money.ts";

export const settlementKinds = [
  "PAYMENT",
  "REFUND",
  "CHARGEBACK",
  "CHARGEBACK_REVERSAL",
  "PAYOUT",
  "PAYOUT_RETURN",
  /** What the provider charges for no single payment. */
  "FEE",
  /** Withheld for a time (below zero), or let go (above). */
  "RESERVE",
  /** Whatever else a provider writes; a person has to look at it. */
  "ADJUSTMENT",
] as const;
export type SettlementKind = (typeof settlementKinds)[number];

export interface SettlementLine {
  readonly kind: SettlementKind;
  /** The provider's id of the payment, payout or dispute; empty where it is about none. */
  readonly reference: string;
  /** The house's own id, where the provider gives it back. */
  readonly ours: string | null;
  /** Minor units, signed as what the provider owes changes; zero on a line that is a fee alone. */
  readonly gross: bigint;
  /** What the provider keeps, above zero; below zero where it gives a fee back. */
  readonly fee: bigint;
  readonly bookedAt: Date;
}

export interface SettlementReport {
  /** The provider's name of the payout. */
  readonly reference: string;
  readonly currency: Currency;
  readonly paidOut: bigint;
  readonly paidAt: Date;
  readonly lines: readonly SettlementLine[];
}

export interface SettlementSums {
  readonly gross: bigint;
  readonly fees: bigint;
  readonly reserve: bigint;
  /** What the lines leave to be paid out. */
  readonly net: bigint;
}

export function sumSettlement(lines: readonly SettlementLine[]): SettlementSums {
  let [gross, fees, reserve] = [0n, 0n, 0n];
  for (const line of lines) {
    fees += line.fee;
    if (line.kind === "RESERVE") reserve -= line.gross;
    else gross += line.gross;
  }
  return { gross, fees, reserve, net: gross - fees - reserve };
}

type Unreadable = Failure<"REPORT_UNREADABLE">;

interface TableRow {
  readonly line: number;
  readonly cells: readonly string[];
  readonly broken: boolean;
}

/** So many lines that can't be read are named; the rest is counted. */
const mostNamed = 10;

/**
 * A table with a head line, row by row, by the names of its columns. It is refused whole where a column that is needed is
 * missing or a row can't be taken: a line that is left out would look as if the provider did not have it.
 */
export function readTable(
  [head, ...body]: readonly TableRow[],
  needed: readonly string[],
  take: (cell: (column: string) => string) => Result<unknown, Unreadable>,
): Result<undefined, Unreadable> {
  const places = new Map((head?.cells ?? []).map((name, index) => [name.trim(), index]));
  const missing = needed.filter((name) => !places.has(name));
  if (missing.length > 0) return err("REPORT_UNREADABLE", `It has no column ${missing.join(", ")}.`);
  const bad: string[] = [];
  for (const { line, cells, broken } of body) {
    const whole = !broken && cells.length === head?.cells.length;
    const taken = whole
      ? take((column) => cells[places.get(column) ?? cells.length] ?? "")
      : err("REPORT_UNREADABLE", "It is not whole.");
    if (!taken.ok) bad.push(`line ${line}: ${taken.error.detail ?? "It can't be read."}`);
  }
  if (bad.length === 0) return ok(undefined);
  const more = bad.length > mostNamed ? ` and ${bad.length - mostNamed} more lines` : "";
  return err("REPORT_UNREADABLE", `${bad.slice(0, mostNamed).join(" ")}${more}`);
}

/** A decimal with its sign, as reports write it; an empty cell is nothing. */
export function readSigned(text: string, currency: Currency): Result<bigint, Unreadable> {
  const negative = text.startsWith("-");
  if (text === "") return ok(0n);
  const read = parseAmount(negative ? text.slice(1) : text, currency);
  if (!read.ok) return err("REPORT_UNREADABLE", `"${text.slice(0, 40)}" is no amount in ${currency}.`);
  return ok(negative ? -read.value : read.value);
}

export function readCurrency(text: string): Result<Currency, Unreadable> {
  const code = text.toUpperCase();
  return isCurrency(code) ? ok(code) : err("REPORT_UNREADABLE", `The currency ${text.slice(0, 10)} is not known.`);
}

export function readTime(text: string): Result<Date, Unreadable> {
  const form = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}:\d{2}(\.\d+)?(Z|\+00:?00)?)?$/;
  const iso = text.includes(" ") ? text.replace(" ", "T") : text;
  const zoned = iso.length > 10 && !/(Z|\+00:?00)$/.test(iso) ? `${iso}Z` : iso;
  const at = new Date(zoned);
  if (!form.test(text) || Number.isNaN(at.getTime())) {
    return err("REPORT_UNREADABLE", `"${text.slice(0, 40)}" is no time in UTC.`);
  }
  return ok(at);
}
