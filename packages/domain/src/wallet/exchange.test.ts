import { describe, expect, test } from "vitest";
import { convert, type RateTable, rateTableSchema } from "./exchange.ts";

const table: RateTable = {
  source: "fixed",
  asOf: "2026-11-20T00:00:00Z",
  base: "EUR",
  rates: {
    USD: "1.0812",
    JPY: "163.45",
    KWD: "0.3317",
    BTC: "0.00001234",
    ETH: "0.000312",
    USDT: "1.0805",
    HUF: "400",
  },
};
const now = { nowMs: Date.parse("2026-11-20T12:00:00Z"), ageMaxMs: 5 * 24 * 3_600_000 };

describe("a conversion", () => {
  test("multiplies by the rate and carries where it comes from", () => {
    expect(convert(10_000n, "EUR", "USD", table, now)).toEqual({
      ok: true,
      value: {
        from: "EUR",
        to: "USD",
        rate: "1.0812",
        source: "fixed",
        asOf: "2026-11-20T00:00:00Z",
        converted: 10_812n,
        floor: 10_812n,
        rounding: 0n,
      },
    });
  });

  // Worked by hand from the table above.
  test.each([
    // 100.00 EUR × 163.45 = 16,345 JPY, which has no decimals.
    [10_000n, "EUR", "JPY", "163.45", 16_345n, 16_345n],
    // 16,345 JPY is 100.00 EUR again.
    [16_345n, "JPY", "EUR", "0.00611807892322", 10_000n, 10_000n],
    // 1 JPY ÷ 163.45 = 0.006118 EUR, 0.6 of a cent.
    [1n, "JPY", "EUR", "0.00611807892322", 1n, 0n],
    // 10.00 EUR × 0.3317 = 3.317 KWD, which has three decimals.
    [1_000n, "EUR", "KWD", "0.3317", 3_317n, 3_317n],
    // 1.00000000 BTC ÷ 0.00001234 = 81,037.277147… EUR.
    [100_000_000n, "BTC", "EUR", "81037.2771475", 8_103_728n, 8_103_727n],
    // 0.01 EUR × 0.00001234 = 0.0000001234 BTC, 12.34 satoshi.
    [1n, "EUR", "BTC", "0.00001234", 12n, 12n],
    // 1 gwei is 0.000000001 ETH: far below a cent.
    [1n, "ETH", "EUR", "3205.12820513", 0n, 0n],
    // 1 JPY in KWD goes through the euro: 0.3317 ÷ 163.45 = 0.002029366… KWD, 2 fils.
    [1n, "JPY", "KWD", "0.00202936677883", 2n, 2n],
    // 1.00 USD × 1.0805 ÷ 1.0812 = 0.999352571… USDT of six decimals.
    [100n, "USD", "USDT", "0.999352571217", 999_353n, 999_352n],
  ] as const)("of %d minor units of %s to %s is at %s and gives %d", (amount, from, to, rate, converted, floor) => {
    expect(convert(amount, from, to, table, now)).toMatchObject({
      ok: true,
      value: { rate, converted, floor, rounding: converted - floor },
    });
  });

  test("rounds half to even", () => {
    // 400 HUF are a euro, so 2 HUF are half a cent, 6 HUF one and a half, and 10 HUF two and a half.
    const cents = [200n, 600n, 1_000n, 1_001n, 999n].map((amount) => {
      const conversion = convert(amount, "HUF", "EUR", table, now);
      return conversion.ok
        ? [conversion.value.converted, conversion.value.floor, conversion.value.rounding]
        : undefined;
    });
    expect(cents).toEqual([
      [0n, 0n, 0n],
      [2n, 1n, 1n],
      [2n, 2n, 0n],
      [3n, 2n, 1n],
      [2n, 2n, 0n],
    ]);
  });

  test("of a currency to itself is at 1, whether or not the table has it", () => {
    for (const currency of ["EUR", "USD", "GBP"] as const) {
      expect(convert(12_345n, currency, currency, table, now)).toMatchObject({
        ok: true,
        value: { rate: "1", converted: 12_345n, rounding: 0n },
      });
    }
  });

  test("fails where there is no rate for either of the two", () => {
    for (const [from, to] of [
      ["GBP", "EUR"],
      ["EUR", "GBP"],
      ["GBP", "CHF"],
    ] as const) {
      expect(convert(100n, from, to, table, now)).toMatchObject({
        ok: false,
        error: { code: "RATE_NOT_FOUND", data: { from, to } },
      });
    }
  });

  test("fails with a table that is older than it may be, or not there yet", () => {
    const asOfMs = Date.parse(table.asOf);
    const at = (nowMs: number) => convert(100n, "EUR", "USD", table, { nowMs, ageMaxMs: 1_000 });
    expect(at(asOfMs).ok).toBe(true);
    expect(at(asOfMs + 1_000).ok).toBe(true);
    expect(at(asOfMs + 1_001)).toMatchObject({ ok: false, error: { code: "RATE_STALE", data: { ageMs: 1_001 } } });
    expect(at(asOfMs - 1)).toMatchObject({ ok: false, error: { code: "RATE_NOT_FOUND" } });
  });

  test("fails where the result is more than the ledger holds", () => {
    const most = (1n << 63n) - 1n;
    expect(convert(most, "EUR", "USD", table, now)).toMatchObject({ ok: false, error: { code: "AMOUNT_INVALID" } });
    expect(convert(most, "EUR", "EUR", table, now)).toMatchObject({ ok: true, value: { converted: most } });
    expect(() => convert(-1n, "EUR", "USD", table, now)).toThrow();
  });
});

describe("a rate table", () => {
  test("is read from JSON as it stands", () => {
    expect(rateTableSchema.parse(JSON.parse(JSON.stringify(table)))).toEqual(table);
    expect(rateTableSchema.safeParse({ ...table, rates: { ...table.rates, EUR: "1" } }).success).toBe(true);
  });

  test.each([
    ["a number as rate", { ...table, rates: { USD: 1.08 } }],
    ["a rate of zero", { ...table, rates: { USD: "0.00" } }],
    ["a negative rate", { ...table, rates: { USD: "-1" } }],
    ["an exponent", { ...table, rates: { USD: "1e3" } }],
    ["an unknown currency", { ...table, rates: { XXX: "1" } }],
    ["a euro that is not one", { ...table, rates: { EUR: "1.01" } }],
    ["another base", { ...table, base: "USD" }],
    ["no source", { ...table, source: "" }],
    ["a time without a zone", { ...table, asOf: "2026-11-20T00:00:00" }],
    ["a time of another zone", { ...table, asOf: "2026-11-20T00:00:00+01:00" }],
    ["an unknown field", { ...table, note: "x" }],
  ])("is refused with %s", (_, raw) => {
    expect(rateTableSchema.safeParse(raw).success).toBe(false);
  });
});
