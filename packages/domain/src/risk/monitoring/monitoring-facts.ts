/** What rules are judged by: money that came and went, play by the minute, and whom a player shares something with. */
import type { Currency } from "../../wallet/currency.ts";
import { divideHalfEven } from "../../wallet/money.ts";

export const moneyFactKinds = ["DEPOSIT", "PAYOUT", "PAYOUT_BACK", "CHARGEBACK"] as const;
export type MoneyFactKind = (typeof moneyFactKinds)[number];

export interface MoneyFact {
  /** The event that told it: `evt_…`. */
  readonly id: string;
  readonly atMs: number;
  readonly kind: MoneyFactKind;
  readonly currency: Currency;
  /** Minor units, above zero. */
  readonly amount: bigint;
  /** What a payment went over: the same for the same card or account. Null where the ledger alone knows of it. */
  readonly instrument: string | null;
  readonly method: string | null;
}

/** One minute of a player's play in one currency. */
export interface PlayMinute {
  /** When the minute began, ms since 1970. */
  readonly atMs: number;
  readonly currency: Currency;
  readonly bets: number;
  /** Minor units. */
  readonly staked: bigint;
  /** Bets that were voided or taken back in this minute. */
  readonly voided: number;
  /** Bets of the smallest stake that their game takes. */
  readonly minimum: number;
  /** Rounds that became bets on opposite outcomes. */
  readonly opposite: number;
}

/** What several accounts have in common. */
export interface SharedThing {
  /** Names the device or instrument, without telling what it is. */
  readonly key: string;
  readonly kind: "DEVICE" | "INSTRUMENT";
  /** All accounts that have it, the player's own with them. */
  readonly players: readonly bigint[];
}

export interface PlayerFacts {
  readonly playerId: bigint;
  readonly country: string;
  /** In the order of their times. */
  readonly money: readonly MoneyFact[];
  readonly play: readonly PlayMinute[];
  readonly shared: readonly SharedThing[];
  /** Other signs of life, ms: the last movement before `money` begins, and the first and last minute of each day of play. */
  readonly seenMs: readonly number[];
}

/** `2026-11-23:GBP` → minor units of the reporting currency for one minor unit, times 10^18. */
export type DayRates = ReadonlyMap<string, bigint>;

export function rateKey(atMs: number, currency: Currency): string {
  return `${new Date(atMs).toISOString().slice(0, 10)}:${currency}`;
}

/** Undefined where there is no rate of that day. */
export function amountIn(
  rates: DayRates,
  { atMs, currency, amount }: Pick<MoneyFact, "atMs" | "currency" | "amount">,
  wanted: Currency,
): bigint | undefined {
  if (currency === wanted) return amount;
  const from = rates.get(rateKey(atMs, currency));
  const to = rates.get(rateKey(atMs, wanted));
  return from === undefined || to === undefined || to === 0n ? undefined : divideHalfEven(amount * from, to);
}
