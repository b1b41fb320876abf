/**
 * The figures of reports, from sums of facts. Sums are whole minor units of one currency, or such units times 10^18 where
 * they were converted at captured rates; every figure here is exact, and only `ratio` rounds.
 *
 * GGR = settled stakes − wins. Total GGR counts bonus money like cash; cash GGR counts cash alone. NGR takes off what
 * bonuses cost, and what that is depends on the GGR it is taken from, or bonus would be subtracted twice:
 *
 * - from total GGR: what was granted, less what came back (forfeited, or above a conversion's cap). A bonus that is lost
 *   in play is income in total GGR and cost here, and so nothing.
 * - from cash GGR: what was converted into cash. Bonus money in play never was income, and costs when it becomes cash.
 *
 * The two differ by the bonus money that players still hold, and by nothing else (`figures.property.test.ts`).
 */
import { divideHalfEven, formatDecimals } from "../wallet/money.ts";

export const sumNames = [
  "stakeCash",
  "stakeBonus",
  "winCash",
  "winBonus",
  "deposits",
  "withdrawals",
  "bonusGranted",
  "bonusConverted",
  "bonusReturned",
  "bonusForfeited",
  "jackpotContributed",
  "fees",
  "pspFees",
  "chargebackLoss",
  "adjustments",
  "providerFees",
  "tax",
] as const;
export type SumName = (typeof sumNames)[number];
export type Sums = Readonly<Record<SumName, bigint>>;

export const bases = ["total", "cash"] as const;
/** Which GGR the net is taken from. */
export type Basis = (typeof bases)[number];

export const deductions = ["bonus", "jackpot", "payment", "chargeback", "provider", "tax"] as const;
export type Deduction = (typeof deductions)[number];

export interface Figures {
  /** Settled stakes; what was pushed, voided or rolled back is none. */
  readonly turnover: bigint;
  readonly wins: bigint;
  readonly ggr: bigint;
  readonly ggrCash: bigint;
  readonly bonusCost: bigint;
  readonly jackpots: bigint;
  /** What payment services keep, less what players paid in fees: below zero where players paid more. */
  readonly paymentFees: bigint;
  /** What players' cash did not cover of chargebacks, less what was won back. */
  readonly chargebacks: bigint;
  readonly providerFees: bigint;
  readonly tax: bigint;
  readonly ngr: bigint;
}

export function figuresOf(sums: Sums, basis: Basis, taken: readonly Deduction[]): Figures {
  const turnover = sums.stakeCash + sums.stakeBonus;
  const wins = sums.winCash + sums.winBonus;
  const ggr = turnover - wins;
  const ggrCash = sums.stakeCash - sums.winCash;
  const bonusCost =
    basis === "total" ? sums.bonusGranted - sums.bonusReturned - sums.bonusForfeited : sums.bonusConverted;
  const paymentFees = sums.pspFees - sums.fees;
  const costs: Readonly<Record<Deduction, bigint>> = {
    bonus: bonusCost,
    jackpot: sums.jackpotContributed,
    payment: paymentFees,
    chargeback: sums.chargebackLoss,
    provider: sums.providerFees,
    tax: sums.tax,
  };
  return {
    turnover,
    wins,
    ggr,
    ggrCash,
    bonusCost,
    jackpots: sums.jackpotContributed,
    paymentFees,
    chargebacks: sums.chargebackLoss,
    providerFees: sums.providerFees,
    tax: sums.tax,
    ngr: taken.reduce((left, deduction) => left - costs[deduction], basis === "total" ? ggr : ggrCash),
  };
}

/** `part ÷ whole` with six decimals, half to even; null where there is no whole. RTP is wins ÷ stakes, hold GGR ÷ turnover. */
export function ratio(part: bigint, whole: bigint): string | null {
  if (whole <= 0n) return null;
  const scaled = (part < 0n ? -part : part) * 1_000_000n;
  const rounded = divideHalfEven(scaled, whole);
  return formatDecimals(part < 0n ? -rounded : rounded, 6);
}

/** A sum per head, as a minor unit's whole number, half to even; null where there is nobody. */
export function perHead(sum: bigint, heads: bigint): bigint | null {
  if (heads <= 0n) return null;
  const rounded = divideHalfEven(sum < 0n ? -sum : sum, heads);
  return sum < 0n ? -rounded : rounded;
}
