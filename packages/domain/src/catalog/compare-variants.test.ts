import { expect, test } from "vitest";
import { meanDifference, meanOf, shareDifference, shareOf } from "./compare-variants.ts";

const sample = (values: readonly number[]) => ({
  players: values.length,
  bettors: values.filter((value) => value !== 0).length,
  sum: values.reduce((a, b) => a + b, 0),
  squares: values.reduce((a, b) => a + b * b, 0),
});

test("a mean's interval is the textbook's", () => {
  // 1 to 5: the variance is 2.5, that of the mean 0.5.
  const { value, low, high } = meanOf(sample([1, 2, 3, 4, 5])) ?? { value: 0, low: 0, high: 0 };
  expect([value, low, high].map((number) => number.toFixed(4))).toEqual(["3.0000", "1.6141", "4.3859"]);
  expect(meanOf(sample([7]))).toBeUndefined();
  expect(meanDifference(sample([1, 2, 3, 4, 5]), sample([1, 2, 3, 4, 5]))).toMatchObject({ value: 0 });
});

test("shares and their difference are Newcombe's published examples", () => {
  const of = { players: 70, bettors: 56, sum: 0, squares: 0 };
  const from = { players: 80, bettors: 48, sum: 0, squares: 0 };
  const difference = shareDifference(of, from);
  expect(difference?.value).toBeCloseTo(0.2, 4);
  expect(difference?.low).toBeCloseTo(0.0524, 4);
  expect(difference?.high).toBeCloseTo(0.3339, 4);
  const single = shareOf({ players: 263, bettors: 81, sum: 0, squares: 0 });
  expect(single?.low).toBeCloseTo(0.2553, 4);
  expect(single?.high).toBeCloseTo(0.3662, 4);
  expect(shareOf({ players: 0, bettors: 0, sum: 0, squares: 0 })).toBeUndefined();
});
