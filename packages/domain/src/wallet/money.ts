/**
 * Money: whole minor units as `bigint` inside, a decimal string on every wire. No float ever holds an amount.
 */
import { err, ok, type Failure, type Result } from "../kernel/result.ts";
import { type Currency, exponentOf } from "./currency.ts";

/** The largest amount that the ledger's 64-bit columns hold; inputs above it are refused, not wrapped. */
export const maxMinor = (1n << 63n) - 1n;

/**
 * No single amount that is asked for may be larger: 10^15 minor units leave room to add up thousands of them in 64 bits,
 * and are above any bet, payout or payment that was ever meant.
 */
export const largestAmount = 10n ** 15n;

/** `12.30` for 1230 minor units of EUR: always all of the currency's decimals, a leading `-` below zero. */
export function formatMinor(minor: bigint, currency: Currency): string {
  return formatDecimals(minor, exponentOf(currency));
}

export function formatDecimals(minor: bigint, decimals: number): string {
  const negative = minor < 0n;
  const digits = (negative ? -minor : minor).toString();
  const sign = negative ? "-" : "";
  if (decimals === 0) return sign + digits;
  const padded = digits.length > decimals ? digits : digits.padStart(decimals + 1, "0");
  const point = padded.length - decimals;
  return `${sign}${padded.slice(0, point)}.${padded.slice(point)}`;
}

const decimalForm = /^(0|[1-9][0-9]{0,18})(?:\.([0-9]{1,18}))?$/;

/**
 * Reads a decimal string that may not be negative. Fewer decimals than the currency has are fine (`"10"`), more are
 * refused even where they are zeros, as is anything else that is not plain digits: signs, exponents, spaces.
 */
export function parseAmount(text: string, currency: Currency): Result<bigint, Failure<"AMOUNT_INVALID">> {
  const match = decimalForm.exec(text);
  if (match === null) return err("AMOUNT_INVALID", `"${text.slice(0, 40)}" is not a decimal amount.`);
  const exponent = exponentOf(currency);
  const fraction = match[2] ?? "";
  if (fraction.length > exponent) {
    return err("AMOUNT_INVALID", `${currency} has ${exponent} decimals, and ${fraction.length} were sent.`);
  }
  const minor = BigInt((match[1] ?? "") + fraction.padEnd(exponent, "0"));
  if (minor > maxMinor) return err("AMOUNT_INVALID", "The amount is larger than the ledger can hold.");
  return ok(minor);
}

/** Quotient of two non-negative numbers rounded half to even (IEEE 754's banker's rounding, on integers). */
export function divideHalfEven(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator;
  const twice = (numerator % denominator) * 2n;
  if (twice > denominator) return quotient + 1n;
  if (twice === denominator && quotient % 2n === 1n) return quotient + 1n;
  return quotient;
}

/**
 * Splits `total` over `weights` so that the parts sum to it exactly: each gets the floor of its share, and the units
 * left over go to the largest remainders, the earlier part first where they are equal. Weights may not all be zero.
 */
export function splitByLargestRemainder(total: bigint, weights: readonly bigint[]): bigint[] {
  const sum = weights.reduce((a, b) => a + b, 0n);
  const parts = weights.map((weight) => (total * weight) / sum);
  let left = total - parts.reduce((a, b) => a + b, 0n);
  const order = weights
    .map((weight, index) => ({ index, remainder: (total * weight) % sum }))
    .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1));
  for (const { index } of order) {
    if (left === 0n) break;
    parts[index] = (parts[index] ?? 0n) + 1n;
    left -= 1n;
  }
  return parts;
}
