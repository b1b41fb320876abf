/**
 * Whether the house voids stale bets of one provider by itself. A few bets without a result are everyday life; many of
 * them are an outage, whose results may still come. So a run voids all that it found or nothing: whatever goes beyond the
 * provider's limits is left whole to people.
 */
import { type Currency, isCurrency } from "../wallet/currency.ts";
import { formatMinor, parseAmount } from "../wallet/money.ts";
import type { ProposedMoney } from "../identity/approval-policy.ts";
import { sumVoidList, type VoidListItem } from "./void-list.ts";

export const staleRunRule = { name: "stale-run", version: 1 } as const;

export interface StalePolicy {
  /** False leaves every stale bet to people. */
  readonly autoVoid: boolean;
  /** Bets of one run. */
  readonly mostBets: number;
  /** The largest sum of one run by currency, minor units; a currency that is not named is left to people. */
  readonly mostAmounts: ReadonlyMap<Currency, bigint>;
}

export const staleStops = ["AUTO_VOID_OFF", "TOO_MANY_BETS", "TOO_MUCH_MONEY"] as const;
export type StaleStop = (typeof staleStops)[number];

export type StaleVerdict =
  | { readonly kind: "NOTHING" }
  | { readonly kind: "VOID"; readonly sums: readonly ProposedMoney[] }
  | {
      readonly kind: "STOP";
      readonly stop: StaleStop;
      readonly sums: readonly ProposedMoney[];
      /** What stood against what, in words that an alert can show: `1200.00 EUR > 1000.00 EUR`. */
      readonly over: string;
    };

/** `bets` may hold one bet more than the policy allows: that is enough to know that there are too many. */
export function judgeStaleRun(policy: StalePolicy, bets: readonly VoidListItem[]): StaleVerdict {
  if (bets.length === 0) return { kind: "NOTHING" };
  const sums = sumVoidList(bets);
  if (!policy.autoVoid) return { kind: "STOP", stop: "AUTO_VOID_OFF", sums, over: "" };
  if (bets.length > policy.mostBets) {
    return { kind: "STOP", stop: "TOO_MANY_BETS", sums, over: `> ${policy.mostBets}` };
  }
  const over = sums.find(({ currency, amount }) => amount > (policy.mostAmounts.get(currency) ?? 0n));
  if (over === undefined) return { kind: "VOID", sums };
  const limit = policy.mostAmounts.get(over.currency) ?? 0n;
  const words = [over.amount, limit].map((amount) => `${formatMinor(amount, over.currency)} ${over.currency}`);
  return { kind: "STOP", stop: "TOO_MUCH_MONEY", sums, over: words.join(" > ") };
}

/** Limits as they are stored: decimal strings by currency. Undefined where one of them is no amount of its currency. */
export function readMostAmounts(stored: Readonly<Record<string, string>>): Map<Currency, bigint> | undefined {
  const amounts = new Map<Currency, bigint>();
  for (const [code, text] of Object.entries(stored)) {
    const amount = isCurrency(code) ? parseAmount(text, code) : undefined;
    if (amount?.ok !== true) return undefined;
    amounts.set(code as Currency, amount.value);
  }
  return amounts;
}
