import { type Currency, currencies, exponentOf } from "@pitboss/domain/wallet/currency";
import { largestAmount } from "@pitboss/domain/wallet/money";
import fc from "fast-check";
import { expect, test } from "vitest";
import { parseExact, WireNumber, writeExact } from "./exact-json.ts";
import { readDecimalNumber, readUnits, writeDecimalNumber, writeUnits } from "./wire-amounts.ts";

const codes = fc.constantFrom(...(Object.keys(currencies) as Currency[]));
const minors = fc.bigInt({ min: 0n, max: largestAmount });

test("an amount comes back from the wire as it went, wherever the wire is fine enough", () => {
  fc.assert(
    fc.property(codes, minors, fc.integer({ min: 0, max: 9 }), (currency, minor, decimals) => {
      fc.pre(decimals >= exponentOf(currency));
      expect(readUnits(writeUnits(minor, decimals, currency).text, decimals, currency)).toEqual({
        ok: true,
        value: minor,
      });
      expect(readDecimalNumber(writeDecimalNumber(minor, decimals, currency), decimals, currency)).toEqual({
        ok: true,
        value: minor,
      });
    }),
  );
});

test("an amount with an exponent is the amount without it", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 9n }), fc.integer({ min: -2, max: 4 }), (mantissa, power) => {
      const plain = power >= 0 ? mantissa * 100n * 10n ** BigInt(power) : (mantissa * 100n) / 10n ** BigInt(-power);
      const sent = new WireNumber(`${mantissa}e${power}`);
      expect(readDecimalNumber(sent, 6, "EUR")).toEqual({ ok: true, value: plain });
    }),
  );
});

test("what is finer than the currency is refused, not rounded", () => {
  expect(readUnits("100001", 5, "EUR").ok).toBe(false);
  for (const text of ["1.001", "1e-3", "-1", "1.", "0x1", "NaN"]) {
    expect(readDecimalNumber(new WireNumber(text), 6, "EUR").ok).toBe(false);
  }
  expect(readDecimalNumber(new WireNumber("1.500000"), 6, "EUR")).toEqual({ ok: true, value: 150n });
  expect(readDecimalNumber(new WireNumber("1.5000000"), 6, "JPY").ok).toBe(false);
});

test("JSON keeps every digit of a number on its way in and out", () => {
  const text = '{"a":12345678901234567.890,"b":[1e400,-0.0],"c":"1.0"}';
  expect(writeExact(parseExact(text))).toBe(text);
});

test("every number of a text is kept, wherever it stands and whatever strings look like", () => {
  const hasNumber = (value: unknown): boolean =>
    value instanceof WireNumber ||
    (value !== null && typeof value === "object" && Object.values(value).some(hasNumber));
  const numbersIn = (value: unknown): boolean =>
    typeof value === "number" || (value !== null && typeof value === "object" && Object.values(value).some(numbersIn));
  fc.assert(
    fc.property(fc.json(), fc.constantFrom(0, 1, 3), (json, spaces) => {
      const value: unknown = JSON.parse(json);
      const read = parseExact(JSON.stringify(value, null, spaces));
      expect(hasNumber(read)).toBe(numbersIn(value));
      expect(JSON.parse(writeExact(read))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});
