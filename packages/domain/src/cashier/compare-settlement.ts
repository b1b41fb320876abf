/**
 * Whether the ledger and a provider's settlement report tell the same of one payment, payout or dispute. All amounts are
 * signed as what the provider owes the house changes.
 */
import type { Currency } from "../wallet/currency.ts";
import type { SettlementKind } from "./settlement.ts";

/** What both the ledger and a report have; fees and reserves are explained by the report itself. */
export const comparedKinds = [
  "PAYMENT",
  "REFUND",
  "CHARGEBACK",
  "CHARGEBACK_REVERSAL",
  "PAYOUT",
  "PAYOUT_RETURN",
] as const satisfies readonly SettlementKind[];
export type ComparedKind = (typeof comparedKinds)[number];

export interface LedgerSide {
  readonly amount: bigint;
  readonly currency: Currency;
  /** What the provider had named as its fee; zero where it names none before its report. */
  readonly fee: bigint;
  readonly atMs: number;
}

/** All lines of all reports about it, together. */
export interface ReportSide {
  readonly gross: bigint;
  readonly fee: bigint;
  /** How many lines move money beside fees, and the least that one of them moves. */
  readonly times: number;
  readonly least: bigint;
  /** The currency of its lines, and another one where they have two. */
  readonly currency: Currency;
  readonly otherCurrency: Currency;
}

export type PairBreakType =
  | "MISSING_AT_PSP"
  | "MISSING_IN_LEDGER"
  | "STATUS_DIFFERS"
  | "AMOUNT_DIFFERS"
  | "CURRENCY_DIFFERS"
  | "SETTLED_TWICE"
  | "FEE_DIFFERS";

interface Side {
  readonly amount: bigint;
  readonly currency: Currency;
}

export type PairVerdict =
  /** WAITING is in the ledger, and the provider still has time to report it. */
  | { readonly kind: "AGREES" | "WAITING" }
  | {
      readonly kind: "BREAK";
      readonly type: PairBreakType;
      readonly expected: Side | null;
      readonly got: Side | null;
    };

export interface ComparedPair {
  readonly kind: ComparedKind;
  readonly ours: LedgerSide | null;
  readonly theirs: ReportSide | null;
  /** Whether the house has a record of it that moved no money, as a deposit that was declined. */
  readonly idle: boolean;
}

export interface CompareTime {
  /** Up to when is compared. */
  readonly untilMs: number;
  /** How long the provider may take to report. */
  readonly reportDays: number;
}

const dayMs = 86_400_000;

export function comparePair(
  { kind, ours, theirs, idle }: ComparedPair,
  { untilMs, reportDays }: CompareTime,
): PairVerdict {
  if (ours === null && theirs === null) return { kind: "AGREES" };
  if (theirs === null) {
    const late = ours !== null && ours.atMs + reportDays * dayMs < untilMs;
    return late ? { kind: "BREAK", type: "MISSING_AT_PSP", expected: sideOf(ours), got: null } : { kind: "WAITING" };
  }
  const got: Side = { amount: theirs.gross, currency: theirs.currency };
  if (ours === null) {
    // Lines that take each other back leave nothing that anybody would have to have.
    if (theirs.gross === 0n && theirs.currency === theirs.otherCurrency) return { kind: "AGREES" };
    return { kind: "BREAK", type: idle ? "STATUS_DIFFERS" : "MISSING_IN_LEDGER", expected: null, got };
  }
  const expected = sideOf(ours);
  const differs = (type: PairBreakType): PairVerdict => ({ kind: "BREAK", type, expected, got });
  if (theirs.currency !== ours.currency) return differs("CURRENCY_DIFFERS");
  if (theirs.otherCurrency !== ours.currency) {
    return { kind: "BREAK", type: "CURRENCY_DIFFERS", expected, got: { ...got, currency: theirs.otherCurrency } };
  }
  if (theirs.gross !== ours.amount) {
    return differs(theirs.times > 1 && theirs.least === ours.amount ? "SETTLED_TWICE" : "AMOUNT_DIFFERS");
  }
  if (kind === "PAYMENT" && ours.fee > 0n && theirs.fee !== ours.fee) {
    const { currency } = ours;
    return {
      kind: "BREAK",
      type: "FEE_DIFFERS",
      expected: { amount: ours.fee, currency },
      got: { amount: theirs.fee, currency },
    };
  }
  return { kind: "AGREES" };
}

function sideOf({ amount, currency }: LedgerSide): Side {
  return { amount, currency };
}
