import { describe, expect, test } from "vitest";
import { fairDraw, type FairDraw } from "../fairness.ts";
import { fiveReelSlot as game } from "./five-reel-slot.ts";
import { slotLinePays, slotLines, slotReels, slotScatterPays, slotSymbols } from "./slot-machine.ts";

function stopsAt(...stops: readonly number[]): FairDraw {
  const left = [...stops];
  return {
    below(bound) {
      expect(bound).toBe(30);
      const stop = left.shift();
      if (stop === undefined) throw new Error("a spin draws five stops");
      return stop;
    },
  };
}

function select(stake: bigint) {
  const read = game.parseSelection([{ market: "lines", value: "20" }], stake, "EUR");
  if (!read.ok) throw new Error(read.error.detail);
  return read.value;
}

/**
 * Goes through all 30^5 spins and sums what they pay, in line stakes, without the code under test: after each reel only
 * the lines that still have their run are carried on, which is what makes it take under a second.
 */
function allSpins() {
  const none = -1;
  const code = new Map(slotSymbols.map((symbol, index) => [symbol as string, index]));
  const [wild, chip] = [0, 1];
  const reels = slotReels.map((reel) => reel.map((symbol) => code.get(symbol) ?? none));
  const pays = slotSymbols.map((symbol) => slotLinePays[symbol] ?? [0, 0, 0]);
  const chips = reels.map((reel) =>
    reel.map((_, stop) => [0, 1, 2].filter((row) => reel[(stop + row) % 30] === chip).length),
  );
  const figures = { paid: 0, winning: 0, best: 0, chipsMax: 0 };

  function spin(
    reel: number,
    live: readonly (readonly [line: number, symbol: number])[],
    settled: number,
    chipsSoFar: number,
  ): void {
    for (let stop = 0; stop < 30; stop += 1) {
      let won = settled;
      const runs: (readonly [number, number])[] = [];
      for (const run of live) {
        const row = slotLines[run[0]]?.[reel] ?? 0;
        const shown = reels[reel]?.[(stop + row) % 30] ?? none;
        if (reel === 0) runs.push([run[0], shown]);
        else if (shown === run[1] || shown === wild) runs.push(run);
        else if (reel >= 3) won += pays[run[1]]?.[reel - 3] ?? 0;
      }
      const chipsNow = chipsSoFar + (chips[reel]?.[stop] ?? 0);
      if (reel < 4) {
        spin(reel + 1, runs, won, chipsNow);
        continue;
      }
      for (const run of runs) won += pays[run[1]]?.[2] ?? 0;
      won += 20 * (slotScatterPays[chipsNow] ?? 0);
      figures.paid += won;
      if (won > 0) figures.winning += 1;
      if (won > figures.best) figures.best = won;
      if (chipsNow > figures.chipsMax) figures.chipsMax = chipsNow;
    }
  }
  spin(
    0,
    slotLines.map((_, line) => [line, none] as const),
    0,
    0,
  );
  return figures;
}

describe("the slot", () => {
  test("returns over all 24,300,000 spins exactly what the domain derives, and no spin pays more than the stated most", () => {
    const figures = allSpins();
    const spins = 30 ** 5;
    expect(figures.paid * Number(game.rtp.den)).toBe(spins * 20 * Number(game.rtp.num));
    expect(game.rtp).toEqual({ num: 4_666_061n, den: 4_860_000n });
    expect(figures.best * Number(game.maxMultiplier.den)).toBe(20 * Number(game.maxMultiplier.num));
    expect(figures.winning / spins).toBeCloseTo(0.551, 3);
    expect(figures.chipsMax).toBe(5);
  }, 60_000);

  test("has the machine that the arithmetic assumes", () => {
    expect(slotReels.map((reel) => reel.length)).toEqual([30, 30, 30, 30, 30]);
    expect(slotReels.map((reel) => reel.includes("wild"))).toEqual([false, true, true, true, false]);
    expect(new Set(slotLines.map((line) => line.join(""))).size).toBe(20);
    expect(slotLines.every((line) => line.length === 5 && line.every((row) => row >= 0 && row <= 2))).toBe(true);
  });

  test("shows the three rows from each stop on, round the reel's end", () => {
    const { result } = game.play(select(2000n), stopsAt(29, 0, 28, 1, 10));
    expect(result["window"]).toEqual([
      ["ace", "clover", "ace", "wild", "clover"],
      ["jack", "jack", "jack", "ace", "queen"],
      ["clover", "wild", "king", "bell", "ace"],
    ]);
    expect(result["stops"]).toEqual([29, 0, 28, 1, 10]);
  });

  test("pays five sevens with wilds, and adds all lines before it rounds", () => {
    // Sevens on the first and last reel, wilds or a seven between them, all on the middle row.
    const play = game.play(select(7n), stopsAt(10, 1, 4, 0, 1));
    expect(play.result["wins"]).toContainEqual({
      line: 1,
      symbol: "seven",
      count: 5,
      pays: 10_000,
    });
    const wins = play.result["wins"] as readonly { pays: number }[];
    const lineStakes = wins.reduce((sum, win) => sum + win.pays, 0) + 20 * Number(play.result["scatterPays"]);
    expect(play.payout).toBe((7n * BigInt(lineStakes)) / 20n);
    expect(play.multiplier.num * 20n).toBe(play.multiplier.den * BigInt(lineStakes));
  });

  test("pays chips anywhere on the whole bet", () => {
    const stops = slotReels.map((reel) => reel.indexOf("chip"));
    const play = game.play(select(100n), stopsAt(...stops));
    expect(play.result).toMatchObject({ chips: 5, scatterPays: 250 });
    expect(play.payout).toBeGreaterThanOrEqual(25_000n);
  });

  test("agrees in play with the enumeration's way of counting, on drawn spins", () => {
    for (let nonce = 0; nonce < 500; nonce += 1) {
      const { result, payout } = game.play(
        select(2000n),
        fairDraw({ serverSeed: "0f".repeat(32), clientSeed: "s", nonce }),
      );
      const window = result["window"] as readonly (readonly string[])[];
      let paid = 0;
      for (const line of slotLines) {
        const symbols = line.map((row, reel) => window[row]?.[reel]);
        const run = symbols.findIndex((symbol) => symbol !== symbols[0] && symbol !== "wild");
        const pays = slotSymbols.find((symbol) => symbol === symbols[0]);
        paid += (pays === undefined ? undefined : slotLinePays[pays])?.[(run === -1 ? 5 : run) - 3] ?? 0;
      }
      const chips = window.flat().filter((symbol) => symbol === "chip").length;
      expect(payout).toBe(100n * BigInt(paid + 20 * (slotScatterPays[chips] ?? 0)));
    }
  });

  test("takes a selection that is left out as all lines, and no other number of lines", () => {
    const all = [{ market: "lines", value: "20", stake: 100n }];
    expect(game.parseSelection(undefined, 100n, "EUR")).toEqual({
      ok: true,
      value: all,
    });
    expect(game.parseSelection([], 100n, "EUR")).toEqual({
      ok: true,
      value: all,
    });
    expect(select(100n)).toEqual(all);
    for (const raw of [[{ market: "lines", value: "10" }], [{ market: "straight", value: "17" }], null, "lines"]) {
      expect(game.parseSelection(raw, 100n, "EUR")).toMatchObject({
        ok: false,
        error: { code: "SELECTION_INVALID" },
      });
    }
  });

  test("never pays above what it says a bet can pay", () => {
    expect(game.maxPayout(select(100n))).toBe(51_050n);
  });
});
