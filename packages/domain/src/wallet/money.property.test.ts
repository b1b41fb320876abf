import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { currencies, type Currency, exponentOf } from "./currency.ts";
import { divideHalfEven, formatMinor, maxMinor, parseAmount, splitByLargestRemainder } from "./money.ts";

const anyCurrency = fc.constantFrom(...(Object.keys(currencies) as Currency[]));
const anyMinor = fc.bigInt({ min: 0n, max: maxMinor });

describe("an amount on the wire", () => {
  test("comes back as the same minor units, in every currency", () => {
    fc.assert(
      fc.property(anyMinor, anyCurrency, (minor, currency) => {
        const text = formatMinor(minor, currency);
        expect(parseAmount(text, currency)).toEqual({ ok: true, value: minor });
        expect(text.split(".")[1] ?? "").toHaveLength(exponentOf(currency));
      }),
    );
  });

  test("is a minus sign and the same digits where it is below zero, and is not taken back in", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: maxMinor }), anyCurrency, (minor, currency) => {
        expect(formatMinor(-minor, currency)).toBe(`-${formatMinor(minor, currency)}`);
        expect(parseAmount(formatMinor(-minor, currency), currency).ok).toBe(false);
      }),
    );
  });

  test("may leave decimals out, and means the same", () => {
    fc.assert(
      fc.property(anyMinor, anyCurrency, fc.nat(18), (minor, currency, cut) => {
        const full = formatMinor(minor, currency);
        const [whole = "", fraction = ""] = full.split(".");
        const kept = fraction.slice(0, cut);
        if (/[1-9]/.test(fraction.slice(cut))) return;
        expect(parseAmount(kept === "" ? whole : `${whole}.${kept}`, currency)).toEqual({ ok: true, value: minor });
      }),
    );
  });

  test("is refused with a decimal more than the currency has, even where it is a zero", () => {
    fc.assert(
      fc.property(anyMinor, anyCurrency, (minor, currency) => {
        const text = formatMinor(minor, currency);
        const longer = text.includes(".") ? `${text}0` : `${text}.0`;
        expect(parseAmount(longer, currency)).toMatchObject({ ok: false, error: { code: "AMOUNT_INVALID" } });
      }),
    );
  });

  test("is refused above what the ledger's columns hold, and never wrapped", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: maxMinor + 1n, max: 10n ** 40n }), anyCurrency, (minor, currency) => {
        expect(parseAmount(formatMinor(minor, currency), currency).ok).toBe(false);
      }),
    );
  });

  test("is read from nothing but plain digits and one point", () => {
    const plain = /^(0|[1-9][0-9]*)(\.[0-9]+)?$/;
    const numeric = fc.string({ unit: fc.constantFrom(..."0123456789.,-+eE _xn∞٣\u0000\n"), maxLength: 24 });
    fc.assert(
      fc.property(fc.oneof(fc.string(), numeric), anyCurrency, (text, currency) => {
        if (!parseAmount(text, currency).ok) return;
        expect(text).toMatch(plain);
        expect(text).not.toContain("\n");
      }),
      { numRuns: 2_000 },
    );
  });
});

test.each([
  "",
  " ",
  "-1",
  "+1",
  "1e3",
  "NaN",
  "Infinity",
  "0x10",
  "1_000",
  "1,00",
  ".5",
  "5.",
  "00",
  "01",
  " 1",
  "1 ",
  "1\n",
  "１",
  "10.000",
  `1${"0".repeat(30)}`,
])("%j is not an amount in EUR", (text) => {
  expect(parseAmount(text, "EUR")).toMatchObject({ ok: false, error: { code: "AMOUNT_INVALID" } });
});

test("the ledger's numbers of currencies are all different", () => {
  const numbers = Object.values(currencies).map(({ number }) => number);
  expect(new Set(numbers).size).toBe(numbers.length);
});

describe("rounding half to even", () => {
  test("is the nearest whole number, and the even one where two are as near", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 24n }),
        fc.bigInt({ min: 1n, max: 10n ** 12n }),
        (numerator, denominator) => {
          const quotient = divideHalfEven(numerator, denominator);
          const distance = (candidate: bigint) => {
            const away = numerator - candidate * denominator;
            return away < 0n ? -away : away;
          };
          for (const other of [quotient - 1n, quotient + 1n]) {
            expect(distance(quotient)).toBeLessThanOrEqual(distance(other));
            if (distance(quotient) === distance(other)) expect(quotient % 2n).toBe(0n);
          }
        },
      ),
    );
  });

  test.each([
    [1n, 2n, 0n],
    [3n, 2n, 2n],
    [5n, 2n, 2n],
    [7n, 2n, 4n],
    [25n, 10n, 2n],
    [26n, 10n, 3n],
    [35n, 10n, 4n],
  ])("%d/%d is %d", (numerator, denominator, expected) => {
    expect(divideHalfEven(numerator, denominator)).toBe(expected);
  });
});

describe("a split by largest remainder", () => {
  const weights = fc
    .array(fc.bigInt({ min: 0n, max: 10n ** 15n }), { minLength: 1, maxLength: 12 })
    .filter((list) => list.some((weight) => weight > 0n));
  const totals = fc.bigInt({ min: 0n, max: 10n ** 18n });

  test("adds up exactly, and gives each part its share to within one unit", () => {
    fc.assert(
      fc.property(totals, weights, (total, list) => {
        const parts = splitByLargestRemainder(total, list);
        const sum = list.reduce((a, b) => a + b, 0n);
        expect(parts.reduce((a, b) => a + b, 0n)).toBe(total);
        for (const [index, weight] of list.entries()) {
          const exact = total * weight;
          const part = parts[index] ?? -1n;
          expect(part * sum).toBeGreaterThan(exact - sum);
          expect(part * sum).toBeLessThan(exact + sum);
          if (weight === 0n) expect(part).toBe(0n);
        }
      }),
    );
  });

  test("gives the odd units to whoever was cut short the most, the earlier one on a tie", () => {
    fc.assert(
      fc.property(totals, weights, (total, list) => {
        const sum = list.reduce((a, b) => a + b, 0n);
        const short = list.map((weight, index) => ({ index, cut: (total * weight) % sum }));
        const got = splitByLargestRemainder(total, list).map(
          (part, index) => part - (total * (list[index] ?? 0n)) / sum,
        );
        for (const a of short) {
          for (const b of short) {
            const ahead = a.cut > b.cut || (a.cut === b.cut && a.index < b.index);
            if (ahead) expect(got[a.index]).toBeGreaterThanOrEqual(got[b.index] ?? 0n);
          }
        }
      }),
    );
  });
});
