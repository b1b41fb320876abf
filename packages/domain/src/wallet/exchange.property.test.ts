import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rational, rationalOfDecimal } from "../kernel/rational.ts";
import { currencies, type Currency, exponentOf } from "./currency.ts";
import { convert, crossRate, formatRate, type RateTable } from "./exchange.ts";
import { formatDecimals } from "./money.ts";

const codes = Object.keys(currencies) as Currency[];
const rate = fc
  .tuple(fc.bigInt({ min: 1n, max: 10n ** 9n }), fc.integer({ min: 2, max: 8 }))
  .map(([digits, decimals]) => formatDecimals(digits, decimals));
const tables = fc.array(rate, { minLength: codes.length, maxLength: codes.length }).map(
  (rates): RateTable => ({
    source: "drawn",
    asOf: "2026-11-20T00:00:00Z",
    base: "EUR",
    rates: { ...Object.fromEntries(codes.map((code, index) => [code, rates[index]])), EUR: "1" },
  }),
);
const code = fc.constantFrom(...codes);
const amounts = fc.oneof(fc.bigInt({ min: 0n, max: 1_000n }), fc.bigInt({ min: 0n, max: 10n ** 9n }));
const now = { nowMs: Date.parse("2026-11-20T00:00:00Z"), ageMaxMs: 0 };

function euroRateOf(table: RateTable, currency: Currency) {
  return rationalOfDecimal(table.rates[currency] ?? "0");
}

describe("a conversion at any rates", () => {
  test("is the exact product to within half a minor unit, to the even one at the half", () => {
    fc.assert(
      fc.property(tables, code, code, amounts, (table, from, to, amount) => {
        const conversion = convert(amount, from, to, table, now);
        if (!conversion.ok) {
          expect(conversion.error.code).toBe("AMOUNT_INVALID");
          return;
        }
        const { converted, floor, rounding } = conversion.value;
        const [a, b] = [euroRateOf(table, from), euroRateOf(table, to)];
        // The exact result in minor units of `to` is over/under.
        const over = amount * b.num * a.den * 10n ** BigInt(exponentOf(to));
        const under = b.den * a.num * 10n ** BigInt(exponentOf(from));
        const twiceOff = 2n * (converted * under - over);
        expect(twiceOff <= under && -twiceOff <= under).toBe(true);
        if (twiceOff === under || -twiceOff === under) expect(converted % 2n).toBe(0n);
        expect(floor * under <= over && (floor + 1n) * under > over).toBe(true);
        expect(rounding).toBe(converted - floor);
        expect(rounding === 0n || rounding === 1n).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test("of a sum is the sum of the conversions to within a unit each, and never less for more", () => {
    fc.assert(
      fc.property(tables, code, code, amounts, amounts, (table, from, to, first, second) => {
        const [a, b, sum] = [first, second, first + second].map((amount) => convert(amount, from, to, table, now));
        if (!a?.ok || !b?.ok || !sum?.ok) return;
        const difference = sum.value.converted - a.value.converted - b.value.converted;
        expect(difference >= -1n && difference <= 1n).toBe(true);
        expect(sum.value.converted >= a.value.converted).toBe(true);
      }),
    );
  });

  test("there and back loses at most what half a minor unit of the other currency is worth, and half of its own", () => {
    fc.assert(
      fc.property(tables, code, code, amounts, (table, from, to, amount) => {
        const there = convert(amount, from, to, table, now);
        if (!there.ok) return;
        const back = convert(there.value.converted, to, from, table, now);
        const back1 = crossRate(to, from, table);
        if (!back.ok || !back1.ok) return;
        const { num, den } = back1.value;
        // |back − amount| ≤ 1/2 + (1/2) · (minor units of `from` for one of `to`), everything times 2·den·10^exponents.
        const unit = num * 10n ** BigInt(exponentOf(from));
        const scale = den * 10n ** BigInt(exponentOf(to));
        const off = back.value.converted - amount;
        expect(2n * (off < 0n ? -off : off) * scale <= scale + unit).toBe(true);
      }),
    );
  });

  test("at a cross rate is the reciprocal of the one the other way", () => {
    fc.assert(
      fc.property(tables, code, code, (table, from, to) => {
        const [there, back] = [crossRate(from, to, table), crossRate(to, from, table)];
        if (!there.ok || !back.ok) throw new Error("the table has every currency");
        expect([there.value.num, there.value.den]).toEqual([back.value.den, back.value.num]);
      }),
    );
  });
});

describe("the rate as it is written", () => {
  const big = fc.bigInt({ min: 1n, max: 10n ** 24n });

  test("is exact, or has 12 significant digits and is off by at most half of the last", () => {
    fc.assert(
      fc.property(big, big, (num, den) => {
        const value = rational(num, den);
        const text = formatRate(value);
        expect(text).toMatch(/^(0|[1-9][0-9]*)(\.[0-9]*[1-9])?$/);
        const written = rationalOfDecimal(text);
        if (written.num === value.num && written.den === value.den) return;
        const digits = text.replace(".", "").replace(/^0+/, "");
        const significant = text.includes(".") ? digits : digits.replace(/0+$/, "");
        expect(significant.length).toBeLessThanOrEqual(12);
        // Relative error at most 5 · 10^-12: |written − value| · 2 · 10^11 ≤ value.
        const off = written.num * value.den - value.num * written.den;
        expect((off < 0n ? -off : off) * 2n * 10n ** 11n <= value.num * written.den).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test("gives back every decimal of up to 18 digits as it was", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10n ** 18n - 1n }), fc.integer({ min: 0, max: 12 }), (digits, decimals) => {
        const text = formatDecimals(digits, decimals);
        const shortest = text.includes(".") ? text.replace(/\.?0+$/, "") : text;
        expect(formatRate(rationalOfDecimal(text))).toBe(shortest);
      }),
    );
  });
});
