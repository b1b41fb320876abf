import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareRational } from "../../kernel/rational.ts";
import { fairDraw } from "../fairness.ts";
import { builtInGames, findBuiltInGame } from "./built-in-games.ts";

const samples: Record<string, readonly unknown[]> = {
  pitboss_roulette: [
    [{ market: "straight", value: "17" }],
    [
      { market: "red_black", value: "red" },
      { market: "dozen", value: "3" },
      { market: "corner", value: "0-1-2-3" },
    ],
  ],
  pitboss_dice: [[{ market: "under", value: "33.33" }], [{ market: "over", value: "90" }]],
  pitboss_crash: [[{ market: "auto_cashout", value: "1.50" }], [{ market: "auto_cashout", value: "25" }]],
  pitboss_slot: [[{ market: "lines", value: "20" }], undefined],
};

describe("the built-in games", () => {
  test("are found by their ids and by nothing else", () => {
    for (const id of Object.keys(samples)) expect(findBuiltInGame(id)?.id).toBe(id);
    expect(builtInGames).toHaveLength(4);
    for (const id of ["", "roulette", "__proto__", "PITBOSS_DICE"]) expect(findBuiltInGame(id)).toBeUndefined();
  });

  test.each(builtInGames)(
    "$name plays the same round again from the same seeds, within what it says it can pay",
    (game) => {
      fc.assert(
        fc.property(
          fc.stringMatching(/^[0-9a-f]{64}$/),
          fc.nat(),
          fc.bigInt({ min: 3n, max: 10n ** 12n }),
          fc.constantFrom(...(samples[game.id] ?? [])),
          (serverSeed, nonce, stake, raw) => {
            const selection = game.parseSelection(raw, stake, "EUR");
            if (!selection.ok) throw new Error(selection.error.detail);
            const seeds = { serverSeed, clientSeed: "player", nonce };
            const play = game.play(selection.value, fairDraw(seeds));
            expect(game.play(selection.value, fairDraw(seeds))).toEqual(play);
            expect(play.payout).toBeLessThanOrEqual(game.maxPayout(selection.value));
            expect(compareRational(play.multiplier, game.maxMultiplier)).toBeLessThanOrEqual(0);
            // Rounded down: the payout is the exact product less a fraction of one unit.
            const exact = stake * play.multiplier.num;
            expect(play.payout * play.multiplier.den).toBeLessThanOrEqual(exact);
            expect((play.payout + 1n) * play.multiplier.den).toBeGreaterThan(exact);
            // The house keeps an edge on every bet.
            expect(
              compareRational(game.rtpOf(selection.value), {
                num: 1n,
                den: 1n,
              }),
            ).toBe(-1);
            expect(compareRational(game.rtpOf(selection.value), game.rtp)).toBeLessThanOrEqual(0);
            expect(JSON.parse(JSON.stringify(play.result))).toEqual(play.result);
          },
        ),
      );
    },
  );

  test("have rules that can be shown: version, paytable and data, all of it JSON", () => {
    for (const game of builtInGames) {
      expect(game.rules.version).toBe(1);
      expect(game.rules.paytable.length).toBeGreaterThan(0);
      expect(JSON.parse(JSON.stringify(game.rules))).toEqual(game.rules);
    }
  });
});
