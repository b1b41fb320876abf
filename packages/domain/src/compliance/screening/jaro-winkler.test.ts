import { expect, test } from "vitest";
import { jaroWinkler } from "./jaro-winkler.ts";

// The values of Winkler's own paper (1990), table 2.6 of the Census Bureau's report RR93/08.
test.each([
  ["dwayne", "duane", 0.84],
  ["martha", "marhta", 0.961],
  ["dixon", "dicksonx", 0.813],
  ["jones", "johnson", 0.832],
  ["massey", "massie", 0.933],
])("%s and %s are alike by %d", (a, b, expected) => {
  expect(jaroWinkler(a, b)).toBeCloseTo(expected, 2);
  expect(jaroWinkler(b, a)).toBeCloseTo(expected, 2);
});

test("words without a common letter are not alike, and equal ones are", () => {
  expect(jaroWinkler("abc", "xyz")).toBe(0);
  expect(jaroWinkler("abc", "abc")).toBe(1);
});
