import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatMinor } from "../../wallet/money.ts";
import { parsePlaced } from "./parse-selection.ts";

const form = {
  positionsMax: 50,
  canonical: (_: string, value: string) => value.trim() || undefined,
  hint: "",
};
const stakes = fc.bigInt({ min: 1n, max: 10n ** 12n });

describe("the stake of a bet over its positions", () => {
  test("is divided equally to within one unit, the first ones having the unit more", () => {
    fc.assert(
      fc.property(stakes, fc.integer({ min: 1, max: 50 }), (stake, count) => {
        const raw = Array.from({ length: count }, (_, index) => ({
          market: "m",
          value: `${index}`,
        }));
        const read = parsePlaced(raw, stake, "EUR", form);
        if (stake < BigInt(count)) {
          expect(read.ok).toBe(false);
          return;
        }
        if (!read.ok) throw new Error(read.error.detail);
        const parts = read.value.map((placed) => placed.stake);
        expect(parts.reduce((a, b) => a + b, 0n)).toBe(stake);
        expect(parts).toEqual([...parts].sort((a, b) => (a === b ? 0 : a < b ? 1 : -1)));
        expect((parts[0] ?? 0n) - (parts.at(-1) ?? 0n)).toBeLessThanOrEqual(1n);
      }),
    );
  });

  test("is what the positions name where they all do, in any currency", () => {
    fc.assert(
      fc.property(
        fc.array(stakes, { minLength: 1, maxLength: 50 }),
        fc.constantFrom("EUR", "JPY", "KWD", "BTC"),
        (parts, currency) => {
          const raw = parts.map((part, index) => ({
            market: "m",
            value: `${index}`,
            stake: formatMinor(part, currency),
          }));
          const sum = parts.reduce((a, b) => a + b, 0n);
          const read = parsePlaced(raw, sum, currency, form);
          expect(read.ok && read.value.map((placed) => placed.stake)).toEqual(parts);
          expect(parsePlaced(raw, sum + 1n, currency, form).ok).toBe(false);
        },
      ),
    );
  });

  test("is refused where it can't be read, and never throws", () => {
    fc.assert(
      fc.property(fc.anything(), (raw) => {
        const read = parsePlaced(raw, 100n, "EUR", form);
        if (!read.ok) expect(read.error.code).toBe("SELECTION_INVALID");
      }),
    );
  });

  test.each([
    ["nothing", []],
    ["no list", { market: "m", value: "1" }],
    ["a number as value", [{ market: "m", value: 17 }]],
    [
      "a position twice",
      [
        { market: "m", value: "1" },
        { market: "m", value: " 1" },
      ],
    ],
    [
      "some with a stake and some without",
      [
        { market: "m", value: "1", stake: "1.00" },
        { market: "m", value: "2" },
      ],
    ],
    [
      "a stake of zero",
      [
        { market: "m", value: "1", stake: "1.00" },
        { market: "m", value: "2", stake: "0" },
      ],
    ],
    [
      "a negative stake",
      [
        { market: "m", value: "1", stake: "2.00" },
        { market: "m", value: "2", stake: "-1.00" },
      ],
    ],
    ["too many decimals", [{ market: "m", value: "1", stake: "1.000" }]],
    ["a number as stake", [{ market: "m", value: "1", stake: 1 }]],
    [
      "too many positions",
      Array.from({ length: 51 }, (_, index) => ({
        market: "m",
        value: `${index}`,
      })),
    ],
  ])("is refused on %s", (_, raw) => {
    expect(parsePlaced(raw, 100n, "EUR", form)).toMatchObject({
      ok: false,
      error: { code: "SELECTION_INVALID" },
    });
  });

  test("ignores fields that it does not know", () => {
    const read = parsePlaced([{ market: "m", value: "1", note: "x" }], 100n, "EUR", form);
    expect(read).toEqual({
      ok: true,
      value: [{ market: "m", value: "1", stake: 100n }],
    });
  });
});
