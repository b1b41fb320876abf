import fc from "fast-check";
import { expect, test } from "vitest";
import { type Currency, currencies, exponentOf } from "../wallet/currency.ts";
import type { RateTable } from "../wallet/exchange.ts";
import { captureFactor, roundScaled } from "./capture-rate.ts";

const codes = Object.keys(currencies) as Currency[];
const rate = fc.tuple(fc.bigInt({ min: 1n, max: 10n ** 9n }), fc.integer({ min: 0, max: 6 }));

function tableOf(rates: Partial<Record<Currency, string>>): RateTable {
  return { source: "test", asOf: "2026-01-01T00:00:00.000Z", base: "EUR", rates };
}

test("a currency is worth itself, and one without a rate is worth nothing known", () => {
  expect(captureFactor(tableOf({}), "JPY", "JPY")).toBe("1.000000000000000000");
  expect(captureFactor(tableOf({}), "JPY", "EUR")).toBeUndefined();
});

test("a minor unit's worth counts the decimals of both currencies", () => {
  // One yen at 160 for a euro is 0.625 cents; a cent at the same rate is 1.6 yen.
  const table = tableOf({ JPY: "160", BTC: "0.00002" });
  expect(captureFactor(table, "JPY", "EUR")).toBe("0.625000000000000000");
  expect(captureFactor(table, "EUR", "JPY")).toBe("1.600000000000000000");
  expect(captureFactor(table, "BTC", "EUR")).toBe("0.050000000000000000");
});

test("a factor is the exact fraction, to within half of its last digit", () => {
  fc.assert(
    fc.property(fc.constantFrom(...codes), fc.constantFrom(...codes), rate, rate, (from, to, a, b) => {
      if (from === to || from === "EUR" || to === "EUR") return;
      const text = ([digits, decimals]: readonly [bigint, number]): string =>
        `${digits / 10n ** BigInt(decimals)}.${(digits % 10n ** BigInt(decimals)).toString().padStart(Math.max(decimals, 1), "0")}`;
      const factor = captureFactor(tableOf({ [from]: text(a), [to]: text(b) }), from, to);
      const scaled = BigInt((factor ?? "").replace(".", ""));
      const num = b[0] * 10n ** BigInt(a[1] + exponentOf(to) + 18);
      const den = a[0] * 10n ** BigInt(b[1] + exponentOf(from));
      const error = scaled * den - num;
      expect((error < 0n ? -error : error) * 2n).toBeLessThanOrEqual(den);
    }),
  );
});

test("only what is shown is rounded, half to even, and signs change nothing", () => {
  expect(roundScaled(25n, 1)).toBe(2n);
  expect(roundScaled(35n, 1)).toBe(4n);
  expect(roundScaled(-35n, 1)).toBe(-4n);
  expect(roundScaled(7n, 0)).toBe(7n);
});
