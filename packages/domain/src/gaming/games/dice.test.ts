import { describe, expect, test } from "vitest";
import type { FairDraw } from "../fairness.ts";
import { dice as game } from "./dice.ts";

function rolls(roll: number): FairDraw {
  return {
    below(bound) {
      expect(bound).toBe(10_000);
      return roll;
    },
  };
}

function select(market: string, value: string, stake: bigint) {
  const read = game.parseSelection([{ market, value }], stake, "EUR");
  if (!read.ok) throw new Error(read.error.detail);
  return read.value;
}

function hundredths(number: number): string {
  return `${Math.floor(number / 100)}.${`${number % 100}`.padStart(2, "0")}`;
}

describe("dice", () => {
  test.each([
    ["under", "0.01"],
    ["under", "1.37"],
    ["under", "50"],
    ["under", "66.6"],
    ["under", "98.00"],
    ["over", "1.99"],
    ["over", "49.99"],
    ["over", "73.12"],
    ["over", "99.98"],
  ])("returns exactly 99/100 %s %s, over all 10,000 rolls", (market, value) => {
    const target = Math.round(Number(value) * 100);
    const winning = market === "under" ? target : 9999 - target;
    // With a stake that is a multiple of the winning rolls, no payout is rounded.
    const stake = BigInt(winning);
    const selection = select(market, value, stake);
    let paid = 0n;
    let wins = 0;
    const draw = { below: () => roll };
    let roll = 0;
    for (; roll < 10_000; roll += 1) {
      const play = game.play(selection, draw);
      paid += play.payout;
      if (play.payout > 0n) wins += 1;
    }
    expect(wins).toBe(winning);
    expect(paid * 100n).toBe(stake * 10_000n * 99n);
    expect(game.rtpOf(selection)).toEqual({ num: 99n, den: 100n });
  });

  test("takes every target that leaves 1 to 9,800 winning rolls, and no other", () => {
    let taken = 0;
    for (let target = 0; target <= 9999; target += 1) {
      for (const market of ["under", "over"]) {
        const winning = market === "under" ? target : 9999 - target;
        const read = game.parseSelection([{ market, value: hundredths(target) }], 100n, "EUR");
        if (read.ok) taken += 1;
        if (read.ok !== (winning >= 1 && winning <= 9800)) expect([market, target, read.ok]).toBe("as the rule has it");
      }
    }
    expect(taken).toBe(2 * 9800);
  });

  test("loses on the target itself, on both sides", () => {
    expect(game.play(select("under", "50.00", 100n), rolls(4999)).payout).toBe(198n);
    expect(game.play(select("under", "50.00", 100n), rolls(5000))).toEqual({
      payout: 0n,
      multiplier: { num: 0n, den: 1n },
      result: { roll: "50.00", won: false },
    });
    expect(game.play(select("over", "50.00", 100n), rolls(5000)).payout).toBe(0n);
    expect(game.play(select("over", "50.00", 4999n), rolls(5001))).toEqual({
      payout: 9900n,
      multiplier: { num: 9900n, den: 4999n },
      result: { roll: "50.01", won: true },
    });
  });

  test("rounds a payout down, never up", () => {
    // 1.00 at 9900/6666 is 1.48514…
    const selection = select("under", "66.66", 100n);
    expect(game.play(selection, rolls(0)).payout).toBe(148n);
    expect(game.maxPayout(selection)).toBe(148n);
  });

  test("pays at most 9,900 times the stake", () => {
    expect(game.maxPayout(select("under", "0.01", 100n))).toBe(990_000n);
    expect(game.maxMultiplier).toEqual({ num: 9900n, den: 1n });
  });

  test.each(["", "100", "50.001", "050", "-1", "5e1", " 50", "50.", ".5", "NaN"])(
    "takes no target spelled %j",
    (value) => {
      expect(game.parseSelection([{ market: "under", value }], 100n, "EUR")).toMatchObject({
        ok: false,
        error: { code: "SELECTION_INVALID" },
      });
    },
  );

  test("takes one position only", () => {
    const both = ["under", "over"].map((market) => ({ market, value: "50" }));
    expect(game.parseSelection(both, 100n, "EUR").ok).toBe(false);
    expect(game.parseSelection([{ market: "equal", value: "50" }], 100n, "EUR").ok).toBe(false);
  });
});
