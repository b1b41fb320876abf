import { describe, expect, test } from "vitest";
import type { FairDraw } from "../fairness.ts";
import { europeanRoulette as game } from "./european-roulette.ts";
import { roulettePositions } from "./roulette-positions.ts";

function landsOn(pocket: number): FairDraw {
  return {
    below(bound) {
      expect(bound).toBe(37);
      return pocket;
    },
  };
}

function select(raw: unknown, stake: bigint) {
  const read = game.parseSelection(raw, stake, "EUR");
  if (!read.ok) throw new Error(read.error.detail);
  return read.value;
}

const pockets = Array.from({ length: 37 }, (_, pocket) => pocket);

describe("European roulette", () => {
  test("pays 360.00 for 10.00 straight on 17, as the operator's contract has it", () => {
    const selection = select([{ market: "straight", value: "17" }], 1000n);
    expect(game.play(selection, landsOn(17))).toEqual({
      payout: 36_000n,
      multiplier: { num: 36n, den: 1n },
      result: {
        number: 17,
        color: "black",
        wins: [{ market: "straight", value: "17" }],
      },
    });
    expect(game.play(selection, landsOn(18)).payout).toBe(0n);
    expect(game.maxPayout(selection)).toBe(36_000n);
  });

  test("has the 157 positions of the table", () => {
    const counts = Map.groupBy(roulettePositions, (position) => position.market);
    expect(Object.fromEntries([...counts].map(([market, list]) => [market, list.length]))).toEqual({
      straight: 37,
      split: 60,
      street: 14,
      corner: 23,
      six_line: 11,
      dozen: 3,
      column: 3,
      red_black: 2,
      even_odd: 2,
      low_high: 2,
    });
    expect(new Set(roulettePositions.map(({ market, value }) => `${market} ${value}`)).size).toBe(157);
  });

  test("lays inside positions over neighbours on the cloth only", () => {
    // Column and row of a number on the cloth; the zero lies along the whole side of the first row.
    const column = (number: number) => (number - 1) % 3;
    const row = (number: number) => Math.floor((number - 1) / 3);
    for (const { market, value, pockets: covered } of roulettePositions) {
      if (!["split", "street", "corner", "six_line"].includes(market)) continue;
      expect(value).toBe(covered.join("-"));
      expect([...covered].sort((a, b) => a - b)).toEqual(covered);
      if (covered.includes(0)) {
        expect(covered.every((number) => number <= 3)).toBe(true);
        continue;
      }
      const rows = new Set(covered.map(row));
      const columns = new Set(covered.map(column));
      expect(rows.size * columns.size).toBe(covered.length);
      expect(Math.max(...rows) - Math.min(...rows)).toBe(rows.size - 1);
      expect(Math.max(...columns) - Math.min(...columns)).toBe(columns.size - 1);
      expect({ split: 2, street: 3, corner: 4, six_line: 6 }[market]).toBe(covered.length);
    }
  });

  test("covers with the outside positions what their names say", () => {
    const covered = (market: string, value: string) =>
      roulettePositions.find((position) => position.market === market && position.value === value)?.pockets;
    expect(covered("dozen", "2")).toEqual([13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24]);
    expect(covered("column", "1")).toEqual([1, 4, 7, 10, 13, 16, 19, 22, 25, 28, 31, 34]);
    expect(covered("column", "3")).toEqual([3, 6, 9, 12, 15, 18, 21, 24, 27, 30, 33, 36]);
    expect(covered("red_black", "red")).toEqual([1, 3, 5, 7, 9, 12, 14, 16, 18, 19, 21, 23, 25, 27, 30, 32, 34, 36]);
    expect(covered("red_black", "black")).toHaveLength(18);
    expect(covered("even_odd", "even")).not.toContain(0);
    expect(covered("low_high", "low")).toEqual(pockets.slice(1, 19));
    expect(covered("low_high", "high")).toEqual(pockets.slice(19));
  });

  test("returns exactly 36/37 on every position, over all 37 pockets", () => {
    expect(game.rtp).toEqual({ num: 36n, den: 37n });
    for (const { market, value } of roulettePositions) {
      const selection = select([{ market, value }], 100n);
      const paid = pockets.reduce((sum, pocket) => sum + game.play(selection, landsOn(pocket)).payout, 0n);
      expect([market, value, paid]).toEqual([market, value, 3600n]);
      expect(game.rtpOf(selection)).toEqual(game.rtp);
    }
  });

  test("adds up the positions that hold the pocket", () => {
    const selection = select(
      [
        { market: "straight", value: "17", stake: "1.00" },
        { market: "split", value: "17-20", stake: "2.00" },
        { market: "red_black", value: "black", stake: "3" },
        { market: "dozen", value: "1", stake: "0.50" },
      ],
      650n,
    );
    const play = game.play(selection, landsOn(17));
    expect(play.payout).toBe(3600n + 3600n + 600n);
    expect(play.multiplier).toEqual({ num: 12n, den: 1n });
    expect(game.maxPayout(selection)).toBe(7800n);
    expect(game.rtpOf(selection)).toEqual({ num: 36n, den: 37n });
  });

  test("has no position that is spelled otherwise", () => {
    for (const [market, value] of [
      ["straight", "37"],
      ["straight", "017"],
      ["straight", "-1"],
      ["split", "2-1"],
      ["split", "3-4"],
      ["split", "1-5"],
      ["street", "2-3-4"],
      ["corner", "3-4-6-7"],
      ["six_line", "4-5-6-7-8"],
      ["dozen", "4"],
      ["red_black", "green"],
      ["Straight", "17"],
      ["straight 17", ""],
      ["__proto__", "constructor"],
    ]) {
      const read = game.parseSelection([{ market, value }], 100n, "EUR");
      expect(read).toMatchObject({
        ok: false,
        error: { code: "SELECTION_INVALID" },
      });
    }
  });
});
