/**
 * Exact fractions of integers: returns to player, multipliers, exchange rates. The denominator is above zero.
 */
import { assert } from "./result.ts";

export interface Rational {
  readonly num: bigint;
  readonly den: bigint;
}

/** The fraction in lowest terms. */
export function rational(num: bigint, den: bigint): Rational {
  assert(den > 0n, "a fraction's denominator is above zero");
  const divisor = greatestCommonDivisor(num < 0n ? -num : num, den);
  return { num: num / divisor, den: den / divisor };
}

/** `a < b` gives a negative number, `a > b` a positive one, equal fractions 0. */
export function compareRational(a: Rational, b: Rational): number {
  const difference = a.num * b.den - b.num * a.den;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** Exact value of a plain decimal (`"1.0812"`), which the caller has checked to be one: digits and at most one point. */
export function rationalOfDecimal(text: string): Rational {
  const [whole = "", fraction = ""] = text.split(".");
  return rational(BigInt(whole + fraction), 10n ** BigInt(fraction.length));
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [high, low] = [a, b];
  while (low > 0n) [high, low] = [low, high % low];
  return high === 0n ? 1n : high;
}
