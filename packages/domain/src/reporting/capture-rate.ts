/**
 * The rate of a day: what one minor unit of a currency is worth in minor units of the currency that reports are in, with
 * eighteen decimals, half to even. It is captured once and holds for that day for ever. From then on figures are sums
 * of whole numbers times this decimal, which is exact in any order: cells add up to totals, and only what is shown is rounded.
 */
import { rationalOfDecimal } from "../kernel/rational.ts";
import { type Currency, exponentOf } from "../wallet/currency.ts";
import type { RateTable } from "../wallet/exchange.ts";
import { divideHalfEven, formatDecimals } from "../wallet/money.ts";

export const factorDecimals = 18;
const factorScale = 10n ** BigInt(factorDecimals);

/** As a decimal string; undefined where the table has no rate for one of both. */
export function captureFactor(table: RateTable, from: Currency, to: Currency): string | undefined {
  if (from === to) return formatDecimals(factorScale, factorDecimals);
  const [fromRate, toRate] = [rateOf(table, from), rateOf(table, to)];
  if (fromRate === undefined || toRate === undefined) return undefined;
  // Units of `to` for one of `from` are toRate ÷ fromRate; minor units differ by the exponents.
  const num = toRate.num * fromRate.den * 10n ** BigInt(exponentOf(to)) * factorScale;
  const den = toRate.den * fromRate.num * 10n ** BigInt(exponentOf(from));
  return formatDecimals(divideHalfEven(num, den), factorDecimals);
}

/** Whole minor units of a sum that has this many decimals more: the one rounding, half to even. */
export function roundScaled(sum: bigint, decimals: number): bigint {
  const rounded = divideHalfEven(sum < 0n ? -sum : sum, 10n ** BigInt(decimals));
  return sum < 0n ? -rounded : rounded;
}

function rateOf({ rates }: RateTable, currency: Currency) {
  const text = currency === "EUR" ? "1" : rates[currency];
  return text === undefined ? undefined : rationalOfDecimal(text);
}
