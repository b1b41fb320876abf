import { findBuiltInGame, builtInGames } from "@pitboss/domain/gaming/games/built-in-games";
import { europeanRoulette } from "@pitboss/domain/gaming/games/european-roulette";
import { selectRoulette } from "@pitboss/wires/traffic/roulette-bets";
import { describe, expect, test } from "vitest";
import { selectBuiltIn } from "@pitboss/wires/traffic/built-in-bets";
import { createChance } from "@pitboss/wires/traffic/chance";
import { blackjackOdds, liveBlackjack, liveRoulette, orchardOdds, orchardSlot } from "./live-odds.ts";
import { livelinessAt } from "./rhythm.ts";

/** A small generator with a seed (mulberry32), so that each run sees the same evenings. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

test.each([
  ["blackjack", blackjackOdds, 96_500_00n],
  ["the orchard", orchardOdds, 95_000_00n],
])("the odds of %s add up, and return what they say", (_name, odds, expected) => {
  expect(odds.reduce((sum, { weight }) => sum + weight, 0)).toBe(10_000);
  // Weights are parts of 10,000 and values hundredths: the sum is the return times a million.
  expect(odds.reduce((sum, { weight, value }) => sum + BigInt(weight) * value, 0n) * 10n).toBe(expected);
});

describe("what is selected", () => {
  test("at roulette is always taken by the table, with parts that sum to the stake", () => {
    const chance = createChance(seeded(1));
    for (let round = 0; round < 2_000; round += 1) {
      const stake = BigInt(chance.between(10, 5_000));
      const parsed = europeanRoulette.parseSelection(selectRoulette(chance, stake, "EUR"), stake, "EUR");
      expect(parsed).toMatchObject({ ok: true });
    }
  });

  test.each(builtInGames.map(({ id }) => id))("on %s is always taken by the game", (gameId) => {
    const chance = createChance(seeded(2));
    for (let round = 0; round < 500; round += 1) {
      const selection = selectBuiltIn(gameId, chance, 200n, "JPY");
      expect(findBuiltInGame(gameId)?.parseSelection(selection, 200n, "JPY")).toMatchObject({ ok: true });
    }
  });
});

describe("a round", () => {
  test("of roulette has one number for everybody at the table", () => {
    const chance = createChance(seeded(3));
    for (let round = 0; round < 200; round += 1) {
      const resultOf = liveRoulette.draw(chance);
      const results = ["red", "black"].map((value) =>
        resultOf({ stake: 100n, currency: "EUR", selection: [{ market: "red_black", value }] }),
      );
      // Red and black never win together; on zero both lose.
      expect(results.filter(({ payout }) => payout === 200n).length).toBeLessThanOrEqual(1);
      expect(results.every(({ outcome, payout }) => (outcome === "WIN") === payout > 0n)).toBe(true);
    }
  });

  test.each([
    ["blackjack", liveBlackjack, 0.965],
    ["the orchard", orchardSlot, 0.95],
  ])("of %s returns about its odds, and a push gives the stake back", (_name, game, rtp) => {
    const chance = createChance(seeded(4));
    const rounds = 100_000;
    let paid = 0n;
    for (let round = 0; round < rounds; round += 1) {
      const { outcome, payout } = game.draw(chance)({ stake: 100n, currency: "EUR", selection: [] });
      if (outcome === "PUSH") expect(payout).toBe(100n);
      paid += payout;
    }
    expect(Math.abs(Number(paid) / (rounds * 100) - rtp)).toBeLessThan(0.02);
  });
});

test("a day is livelier in the evening than in the morning, and on average itself", () => {
  const at = (hour: number): number => livelinessAt(Date.UTC(2026, 2, 4, hour));
  const hours = Array.from({ length: 24 }, (_, hour) => at(hour));
  expect(hours.reduce((sum, value) => sum + value, 0) / 24).toBeCloseTo(1, 10);
  expect(at(21)).toBeGreaterThan(1.4);
  expect(Math.min(...hours)).toBeGreaterThan(0.3);
  expect(at(7)).toBeLessThan(0.7);
});
