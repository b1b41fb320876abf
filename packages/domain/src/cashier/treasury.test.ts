import { expect, test } from "vitest";
import { coverageOf, judgePlace } from "./treasury.ts";

test("a place is equal to the minor unit, or differs, or nobody has told", () => {
  expect(judgePlace(100n, 100n)).toBe("EQUAL");
  expect(judgePlace(100n, 101n)).toBe("DIFFERS");
  expect(judgePlace(0n, 0n)).toBe("EQUAL");
  expect(judgePlace(0n, null)).toBe("UNTOLD");
});

test("players' money is never shown as covered where a cent of it is missing", () => {
  expect(coverageOf(9_999_999n, 10_000_000n)).toBe(9_999n);
  expect(coverageOf(10_000_000n, 10_000_000n)).toBe(10_000n);
  expect(coverageOf(15n, 10n)).toBe(15_000n);
  expect(coverageOf(-5n, 10n)).toBe(0n);
  expect(coverageOf(5n, 0n)).toBeUndefined();
});
