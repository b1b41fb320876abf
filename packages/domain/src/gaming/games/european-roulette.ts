/**
 * European roulette: one zero, 37 pockets, one draw. Even-money positions lose on zero like any other; there is no
 * la partage. Every payout is a whole multiple of its position's stake, so nothing is ever rounded.
 */
import { rational } from "../../kernel/rational.ts";
import { assert } from "../../kernel/result.ts";
import type { BuiltInGame, PaytableRow, PlacedSelection } from "./built-in-game.ts";
import { parsePlaced, type SelectionForm } from "./parse-selection.ts";
import { pocketColor, pocketCount, type RoulettePosition, roulettePositions } from "./roulette-positions.ts";

const byName = new Map(roulettePositions.map((position) => [nameOf(position.market, position.value), position]));

const form: SelectionForm = {
  positionsMax: roulettePositions.length,
  canonical: (market, value) => (byName.has(nameOf(market, value)) ? value : undefined),
  hint: "Inside positions are named by their numbers, ascending and joined by a dash, as in 8-9-11-12.",
};

const paytable: readonly PaytableRow[] = [
  { market: "straight", values: "0 to 36", pays: "36" },
  { market: "split", values: "two neighbours, as in 8-9 or 0-2", pays: "18" },
  {
    market: "street",
    values: "a row of three, as in 7-8-9, or 0-1-2, 0-2-3",
    pays: "12",
  },
  {
    market: "corner",
    values: "a square of four, as in 8-9-11-12, or 0-1-2-3",
    pays: "9",
  },
  { market: "six_line", values: "two rows, as in 1-2-3-4-5-6", pays: "6" },
  { market: "dozen", values: "1, 2 or 3", pays: "3" },
  { market: "column", values: "1, 2 or 3", pays: "3" },
  { market: "red_black", values: "red or black", pays: "2" },
  { market: "even_odd", values: "even or odd", pays: "2" },
  { market: "low_high", values: "low (1 to 18) or high (19 to 36)", pays: "2" },
];

export const europeanRoulette: BuiltInGame = {
  id: "pitboss_roulette",
  name: "European Roulette",
  category: "table",
  rules: {
    version: 1,
    summary:
      "The ball falls into one of 37 pockets, 0 to 36. A position that holds the pocket pays 36 divided by its number of pockets.",
    paytable,
    data: {
      positions: roulettePositions.map(({ market, value, pockets }) => ({
        market,
        value,
        pockets,
      })),
      red: Array.from({ length: pocketCount }, (_, pocket) => pocket).filter((pocket) => pocketColor(pocket) === "red"),
    },
  },
  rtp: rational(36n, 37n),
  maxMultiplier: rational(36n, 1n),
  parseSelection: (raw, stake, currency) => parsePlaced(raw, stake, currency, form),
  play(selection, draw) {
    const pocket = draw.below(pocketCount);
    const wins = selection.filter((placed) => positionOf(placed).pockets.includes(pocket));
    const payout = payoutOn(selection, pocket);
    return {
      payout,
      multiplier: rational(payout, stakeOf(selection)),
      result: {
        number: pocket,
        color: pocketColor(pocket),
        wins: wins.map(({ market, value }) => ({ market, value })),
      },
    };
  },
  rtpOf(selection) {
    let sum = 0n;
    for (let pocket = 0; pocket < pocketCount; pocket += 1) sum += payoutOn(selection, pocket);
    return rational(sum, BigInt(pocketCount) * stakeOf(selection));
  },
  maxPayout(selection) {
    let max = 0n;
    for (let pocket = 0; pocket < pocketCount; pocket += 1) {
      const payout = payoutOn(selection, pocket);
      if (payout > max) max = payout;
    }
    return max;
  },
};

function payoutOn(selection: readonly PlacedSelection[], pocket: number): bigint {
  let payout = 0n;
  for (const placed of selection) {
    const { pockets } = positionOf(placed);
    if (pockets.includes(pocket)) payout += (placed.stake * 36n) / BigInt(pockets.length);
  }
  return payout;
}

function positionOf(placed: PlacedSelection): RoulettePosition {
  const position = byName.get(nameOf(placed.market, placed.value));
  assert(position !== undefined, "a placed roulette selection names a position of the table");
  return position;
}

function stakeOf(selection: readonly PlacedSelection[]): bigint {
  return selection.reduce((sum, placed) => sum + placed.stake, 0n);
}

function nameOf(market: string, value: string): string {
  return `${market} ${value}`;
}
