import { describe, expect, test } from "vitest";
import { fairDraw, type FairDraw } from "../fairness.ts";
import { crash as game } from "./crash.ts";

const billion = 1_000_000_000;

/** The draw that makes the formula's r, which counts from 1. */
function drawsR(r: number): FairDraw {
  return {
    below(bound) {
      if (bound !== billion) throw new Error(`crash draws below ${billion}, not ${bound}`);
      return r - 1;
    },
  };
}

function select(value: string, stake = 10_000n) {
  const read = game.parseSelection([{ market: "auto_cashout", value }], stake, "EUR");
  if (!read.ok) throw new Error(read.error.detail);
  return read.value;
}

describe("crash", () => {
  test("crashes at 99/r billionths' share, never below 1.00", () => {
    const pointAt = (r: number) => game.play(select("2.00"), drawsR(r)).result["crashPoint"];
    expect(pointAt(1)).toBe("990000000.00");
    expect(pointAt(billion / 2)).toBe("1.98");
    expect(pointAt(495_000_000)).toBe("2.00");
    expect(pointAt(980_198_019)).toBe("1.01");
    expect(pointAt(980_198_020)).toBe("1.00");
    expect(pointAt(billion)).toBe("1.00");
  });

  test.each(["1.01", "1.37", "2.00", "3.33", "99.99", "10000.00"])(
    "wins at %s for exactly the draws that the return is computed from",
    (value) => {
      const selection = select(value);
      const target = BigInt(value.replace(".", ""));
      const last = Number(99_000_000_000n / target);
      expect(game.play(selection, drawsR(last))).toMatchObject({
        payout: 100n * target,
        result: { won: true },
      });
      expect(game.play(selection, drawsR(last + 1))).toMatchObject({
        payout: 0n,
        result: { won: false },
      });
      const { num, den } = game.rtpOf(selection);
      expect(num * 100_000_000_000n).toBe(den * target * BigInt(last));
    },
  );

  test("never returns more than 99/100, and falls short of it by less than one part in 99,000, at every target", () => {
    let atLimit = 0;
    let worst = 2;
    const [placed] = select("2.00");
    if (placed === undefined) throw new Error("one position was selected");
    for (let target = 101; target <= 1_000_000; target += 1) {
      const value = `${Math.floor(target / 100)}.${`${target % 100}`.padStart(2, "0")}`;
      const { num, den } = game.rtpOf([{ ...placed, value }]);
      // Compared as integers; the doubles below only say how close the worst target comes.
      if (num * 100n === den * 99n) atLimit += 1;
      if (num * 100n > den * 99n || num * 100n * 99_000n < den * 99n * 98_999n) expect(value).toBe("within the bounds");
      worst = Math.min(worst, Number(num) / Number(den));
    }
    expect(atLimit).toBeGreaterThan(100);
    expect(worst).toBeGreaterThan(0.98999);
    expect(worst).toBeLessThan(0.989999);
    expect(game.rtp).toEqual({ num: 99n, den: 100n });
  });

  test("returns 99/100 over seeded rounds, and the bound would catch a house edge of 0 or 2 per cent", () => {
    const rounds = 60_000;
    const values = ["1.01", "1.10", "2.00", "5.00"];
    const selections = values.map((value) => select(value, 100n));
    const wins = values.map(() => 0);
    for (let nonce = 0; nonce < rounds; nonce += 1) {
      const drawn = fairDraw({
        serverSeed: "5e".repeat(32),
        clientSeed: "statistics",
        nonce,
      }).below(billion);
      for (const [index, selection] of selections.entries()) {
        if (game.play(selection, drawsR(drawn + 1)).payout > 0n) wins[index] = (wins[index] ?? 0) + 1;
      }
    }
    for (const [index, value] of values.entries()) {
      const target = Number(value);
      const share = (wins[index] ?? 0) / rounds;
      // Four and a half standard deviations of a binomial: a right game fails here once in about 150,000 seeds.
      const chance = 0.99 / target;
      const tolerance = 4.5 * Math.sqrt((chance * (1 - chance)) / rounds);
      expect(Math.abs(share - chance)).toBeLessThan(tolerance);
      // At the larger targets so many rounds could not tell one per cent.
      if (target > 1.5) continue;
      expect(Math.abs(share - 1 / target)).toBeGreaterThan(tolerance);
      expect(Math.abs(share - 0.98 / target)).toBeGreaterThan(tolerance);
    }
  }, 60_000);

  test("takes targets from 1.01 to 10000.00 with at most two decimals", () => {
    for (const value of ["1.01", "2", "2.5", "10000", "10000.00"])
      expect(select(value)[0]?.value).toMatch(/^\d+\.\d\d$/);
    for (const value of [
      "1.00",
      "1",
      "0.5",
      "10000.01",
      "99999",
      "100000",
      "02.00",
      "2.000",
      "-2",
      "2e3",
      "Infinity",
      "",
    ]) {
      expect(game.parseSelection([{ market: "auto_cashout", value }], 100n, "EUR")).toMatchObject({
        ok: false,
        error: { code: "SELECTION_INVALID" },
      });
    }
    expect(game.parseSelection([{ market: "manual", value: "2.00" }], 100n, "EUR").ok).toBe(false);
  });

  test("rounds a payout down and pays at most 10,000 times the stake", () => {
    expect(game.play(select("1.33", 10n), drawsR(1)).payout).toBe(13n);
    expect(game.maxPayout(select("10000.00", 1n))).toBe(10_000n);
    expect(game.maxMultiplier).toEqual({ num: 10_000n, den: 1n });
  });
});
