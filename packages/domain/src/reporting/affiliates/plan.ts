/**
 * What an affiliate is paid for: a fixed fee a month, an amount for each player who qualifies (CPA), and a share of the
 * net revenue of their players; any of the three, or several at once. Amounts are decimal strings of the currency that
 * reports are in, which is the one that affiliates are paid in; rates are decimals from 0 to 1 with up to six digits.
 */
import { z } from "zod";
import type { Currency } from "../../wallet/currency.ts";
import { divideHalfEven, formatMinor, parseAmount } from "../../wallet/money.ts";
import { assert } from "../../kernel/result.ts";
import { bases, deductions } from "../figures.ts";

/** A rate is a whole number of these. */
const rateScale = 1_000_000n;

const amount = z.string().regex(/^(0|[1-9][0-9]{0,12})(\.[0-9]{1,9})?$/, "an amount, as in 50.00");
const rate = z.string().regex(/^(0(\.[0-9]{1,6})?|1(\.0{1,6})?)$/, "a rate from 0 to 1, as in 0.25");

const tier = z.strictObject({
  /** The net revenue from which on the rate holds. */
  from: amount,
  rate,
});

export const shareRule = z.strictObject({
  /** In rising order; the first begins at nothing. */
  tiers: z.array(tier).min(1).max(12),
  /** WHOLE takes the rate that the sum reaches for all of it; SLICE takes each tier's rate for the part within it. */
  mode: z.enum(["WHOLE", "SLICE"]),
  /** True where a month below zero lowers the months after it, until it is made up for. */
  carryOver: z.boolean(),
  basis: z.enum(bases),
  /** What is taken off gross revenue before it is shared: what NGR is after, or some of it. */
  deductions: z.array(z.enum(deductions)).max(deductions.length),
  /** A part of gross revenue that is kept for what is not taken off as it is: fees and taxes by a flat rate, as contracts have it. */
  adminRate: rate,
});

export const cpaRule = z.strictObject({
  amount,
  /** The least that the first deposit has to be. */
  minDeposit: amount,
  /** The least that has to be staked and settled, from the first deposit on. */
  minTurnover: amount,
  /** Within how many days from the first deposit, its own day included. */
  withinDays: z.int().min(1).max(365),
});

export const affiliatePlan = z
  .strictObject({
    monthlyFee: amount.nullable(),
    cpa: cpaRule.nullable(),
    share: shareRule.nullable(),
  })
  .refine(
    ({ monthlyFee, cpa, share }) => monthlyFee !== null || cpa !== null || share !== null,
    "a plan pays something",
  )
  .refine(
    ({ share }) => share === null || risesFromZero(share.tiers),
    "tiers begin at 0, and each is above the one before",
  );

export type AffiliatePlan = z.infer<typeof affiliatePlan>;
export type ShareRule = z.infer<typeof shareRule>;
export type CpaRule = z.infer<typeof cpaRule>;

function risesFromZero(tiers: readonly z.infer<typeof tier>[]): boolean {
  const starts = tiers.map(({ from }) => Number(from));
  return starts[0] === 0 && starts.every((start, index) => index === 0 || start > (starts[index - 1] ?? 0));
}

/** The first amount of a plan that its currency has no such decimals for; undefined where all can be paid. */
export function findUnpayable(plan: AffiliatePlan, currency: Currency): string | undefined {
  const amounts = [
    plan.monthlyFee,
    ...(plan.cpa === null ? [] : [plan.cpa.amount, plan.cpa.minDeposit, plan.cpa.minTurnover]),
    ...(plan.share?.tiers.map(({ from }) => from) ?? []),
  ];
  return amounts.find((text) => text !== null && !parseAmount(text, currency).ok) ?? undefined;
}

/** Minor units of an amount of a plan, which was checked when the plan was kept. */
export function planAmount(text: string, currency: Currency): bigint {
  const parsed = parseAmount(text, currency);
  assert(parsed.ok, `"${text}" is an amount of ${currency}`);
  return parsed.value;
}

function millionths(text: string): bigint {
  const [whole = "0", fraction = ""] = text.split(".");
  return BigInt(whole + fraction.padEnd(6, "0"));
}

/** A rate of an amount in minor units, half to even; of nothing, or of less, nothing. */
export function takeRate(of: bigint, text: string): bigint {
  return of <= 0n ? 0n : divideHalfEven(of * millionths(text), rateScale);
}

export interface ShareLine {
  readonly from: string;
  readonly rate: string;
  /** What of the net revenue the rate was taken of. */
  readonly of: bigint;
}

export interface Share {
  /** This month's net revenue with what was carried in. */
  readonly base: bigint;
  readonly lines: readonly ShareLine[];
  readonly commission: bigint;
  /** What the next month begins with: nothing, or less. */
  readonly carriedOut: bigint;
}

/** `net` is the month's own, `carriedIn` what earlier months left: never above zero. Minor units. */
export function shareOf(rule: ShareRule, currency: Currency, net: bigint, carriedIn: bigint): Share {
  assert(carriedIn <= 0n, "nothing but a loss is carried over");
  const base = net + (rule.carryOver ? carriedIn : 0n);
  const lines = base <= 0n ? [] : linesOf(rule, currency, base);
  const exact = lines.reduce((sum, line) => sum + line.of * millionths(line.rate), 0n);
  return {
    base,
    lines,
    commission: divideHalfEven(exact, rateScale),
    carriedOut: rule.carryOver && base < 0n ? base : 0n,
  };
}

function linesOf({ tiers, mode }: ShareRule, currency: Currency, base: bigint): ShareLine[] {
  const starts = tiers.map(({ from }) => planAmount(from, currency));
  if (mode === "WHOLE") {
    const reached = starts.findLastIndex((start) => base >= start);
    const tier = tiers[Math.max(reached, 0)];
    return tier === undefined ? [] : [{ ...tier, of: base }];
  }
  return tiers.flatMap((tier, index) => {
    const [start = 0n, end] = [starts[index], starts[index + 1]];
    const top = end === undefined || base < end ? base : end;
    return top > start ? [{ ...tier, of: top - start }] : [];
  });
}

export interface FirstDeposit {
  /** A day of UTC. */
  readonly day: string;
  /** Minor units of the currency that reports are in. */
  readonly amount: bigint;
}

const dayMs = 86_400_000;

/**
 * The day on which a player qualified, or undefined where they have not. What is looked at is the first deposit and the
 * stakes that were settled from then on, so that a player qualifies once, however often it is asked.
 */
export function qualifiedOn(
  rule: CpaRule,
  currency: Currency,
  first: FirstDeposit,
  turnover: readonly { readonly day: string; readonly amount: bigint }[],
): string | undefined {
  if (first.amount < planAmount(rule.minDeposit, currency)) return undefined;
  const needed = planAmount(rule.minTurnover, currency);
  if (needed <= 0n) return first.day;
  const last = new Date(Date.parse(first.day) + (rule.withinDays - 1) * dayMs).toISOString().slice(0, 10);
  let staked = 0n;
  for (const { day, amount: of } of [...turnover].sort((a, b) => (a.day < b.day ? -1 : 1))) {
    if (day < first.day || day > last) continue;
    staked += of;
    if (staked >= needed) return day;
  }
  return undefined;
}

/** A plan in a sentence, for lists and for whoever approves. */
export function describePlan(plan: AffiliatePlan, currency: Currency): string {
  const percent = (text: string): string => `${Number(millionths(text)) / 10_000} %`;
  const money = (text: string): string => `${formatMinor(planAmount(text, currency), currency)} ${currency}`;
  const parts = [
    plan.monthlyFee === null ? undefined : `${money(plan.monthlyFee)} a month`,
    plan.cpa === null ? undefined : `CPA ${money(plan.cpa.amount)}`,
    plan.share === null
      ? undefined
      : `share ${plan.share.tiers.map(({ rate: of }) => percent(of)).join(" / ")}${plan.share.carryOver ? ", losses carried over" : ""}`,
  ];
  return parts.filter((part) => part !== undefined).join(" + ");
}
