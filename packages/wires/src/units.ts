/** Amounts between minor units and what stands on a wire: exactly, whatever number of decimals the currency has. */
import { type Currency, exponentOf } from "@pitboss/domain/wallet/currency";
import { parseAmount } from "@pitboss/domain/wallet/money";
import { assert } from "@pitboss/domain/kernel/result";

/** Whole units of 10^-`decimals`. An amount that is finer than they are can't be said, and asking for it is a bug. */
export function unitsOf(minor: bigint, decimals: number, currency: Currency): bigint {
  const exponent = exponentOf(currency);
  const scale = 10n ** BigInt(Math.abs(decimals - exponent));
  if (decimals >= exponent) return minor * scale;
  assert(minor % scale === 0n, "an amount has no more decimals than its wire");
  return minor / scale;
}

/** What a house leaves out because its wire has fewer decimals than the currency is not in it. */
export function minorOfUnits(units: bigint, decimals: number, currency: Currency): bigint {
  const exponent = exponentOf(currency);
  const scale = 10n ** BigInt(Math.abs(decimals - exponent));
  return decimals >= exponent ? units / scale : units * scale;
}

/** A decimal such as `12.3`, or `-0.50`; null where it is none, or finer than the currency. */
export function minorOfDecimal(text: string, currency: Currency): bigint | null {
  const negative = text.startsWith("-");
  const minor = parseAmount(negative ? text.slice(1) : text, currency);
  if (!minor.ok) return null;
  return negative ? -minor.value : minor.value;
}
