import fc from "fast-check";
import { expect, test } from "vitest";
import { compareRational, rational, rationalOfDecimal } from "./rational.ts";

const nums = fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n });
const dens = fc.bigInt({ min: 1n, max: 10n ** 18n });

test("a fraction in lowest terms has the same value, and one spelling", () => {
  fc.assert(
    fc.property(nums, dens, fc.bigInt({ min: 1n, max: 10n ** 6n }), (num, den, factor) => {
      const reduced = rational(num, den);
      expect(reduced.num * den).toBe(num * reduced.den);
      expect(rational(num * factor, den * factor)).toEqual(reduced);
    }),
  );
});

test("comparing is the order of the values", () => {
  fc.assert(
    fc.property(nums, dens, fc.bigInt({ min: -1_000n, max: 1_000n }), (num, den, step) => {
      const order = compareRational(rational(num, den), rational(num + step, den));
      expect(Math.sign(order)).toBe(step > 0n ? -1 : step < 0n ? 1 : 0);
    }),
  );
});

test("a decimal is its digits over a power of ten", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 18n }), fc.integer({ min: 1, max: 18 }), (digits, decimals) => {
      const text = digits.toString().padStart(decimals + 1, "0");
      const point = text.length - decimals;
      const read = rationalOfDecimal(`${text.slice(0, point)}.${text.slice(point)}`);
      expect(read).toEqual(rational(digits, 10n ** BigInt(decimals)));
    }),
  );
});

test("a fraction over nothing is a bug", () => {
  expect(() => rational(1n, 0n)).toThrow("assertion failed");
});
