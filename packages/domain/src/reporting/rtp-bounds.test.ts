import { expect, test } from "vitest";
import { type BetMoments, judgeRtp, rtpBounds } from "./rtp-bounds.ts";

/** Bets of one unit that pay `prize` with a chance of one in `odds`, exactly as often as that says. */
function evenlyPaid(bets: number, odds: number, prize: number): BetMoments {
  const won = bets / odds;
  return {
    bets,
    stakes: bets,
    wins: won * prize,
    stakesSquared: bets,
    winsSquared: won * prize * prize,
    products: won * prize,
  };
}

test("the bounds of a roulette number are as wide as its scatter says", () => {
  // 36 for 1 at one in 37: the deviation of one bet is 36 × √(1/37 × 36/37) ≈ 5.8378.
  const bounds = rtpBounds(evenlyPaid(37_000, 37, 36));
  expect(bounds?.rtp).toBeCloseTo(36 / 37, 10);
  expect((bounds?.high ?? 0) - (bounds?.rtp ?? 0)).toBeCloseTo((1.959964 * 5.8378) / Math.sqrt(37_000), 4);
});

test("bets that all pay the same leave nothing to chance", () => {
  const bounds = rtpBounds({ bets: 100, stakes: 100, wins: 90, stakesSquared: 100, winsSquared: 81, products: 90 });
  expect(bounds?.low).toBeCloseTo(0.9, 9);
  expect(bounds?.high).toBeCloseTo(0.9, 9);
});

test("few bets say nothing, and a promise outside of the bounds is told", () => {
  expect(rtpBounds(evenlyPaid(20, 2, 2))).toBeNull();
  const bounds = { rtp: 0.9, low: 0.88, high: 0.92 };
  expect(judgeRtp(null, 0.96)).toBe("unknown");
  expect(judgeRtp(bounds, null)).toBe("unknown");
  expect(judgeRtp(bounds, 0.91)).toBe("within");
  expect(judgeRtp(bounds, 0.96)).toBe("below");
  expect(judgeRtp(bounds, 0.85)).toBe("above");
});
