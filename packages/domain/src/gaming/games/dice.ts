/**
 * Dice: a roll from 0.00 to 99.99, all 10,000 equally likely; the player says over or under a target. A position with
 * n winning rolls pays 9,900/n times the stake, so every target has the same return of 99/100.
 */
import { rational } from "../../kernel/rational.ts";
import { assert } from "../../kernel/result.ts";
import { formatDecimals } from "../../wallet/money.ts";
import type { BuiltInGame, PlacedSelection } from "./built-in-game.ts";
import { parsePlaced, type SelectionForm } from "./parse-selection.ts";

const rollCount = 10_000;
/** More winning rolls than this would pay too little to be a bet: 9,900/9,800 is 1.0102. */
const winningRollsMax = 9_800;
const returned = 9_900n;

const form: SelectionForm = {
  positionsMax: 1,
  canonical(market, value) {
    const target = readTarget(value);
    if (target === undefined) return undefined;
    const count = winningRolls(market, target);
    if (count === undefined || count < 1 || count > winningRollsMax) return undefined;
    return formatDecimals(BigInt(target), 2);
  },
  hint: "The markets are over and under, the value a target with at most two decimals that leaves 1 to 9,800 winning rolls.",
};

export const dice: BuiltInGame = {
  id: "pitboss_dice",
  name: "Dice",
  category: "dice",
  rules: {
    version: 1,
    summary: "A roll from 0.00 to 99.99. Under wins when the roll is below the target, over when it is above it.",
    paytable: [
      {
        market: "under",
        values: "0.01 to 98.00",
        pays: "9900 / (100 × target)",
      },
      {
        market: "over",
        values: "1.99 to 99.98",
        pays: "9900 / (9999 − 100 × target)",
      },
    ],
    data: { rolls: rollCount, winningRollsMax, returned: Number(returned) },
  },
  rtp: rational(99n, 100n),
  maxMultiplier: rational(returned, 1n),
  parseSelection: (raw, stake, currency) => parsePlaced(raw, stake, currency, form),
  play(selection, draw) {
    const { market, target, count, stake } = positionOf(selection);
    const roll = draw.below(rollCount);
    const won = market === "under" ? roll < target : roll > target;
    return {
      payout: won ? (stake * returned) / count : 0n,
      multiplier: won ? rational(returned, count) : rational(0n, 1n),
      result: { roll: formatDecimals(BigInt(roll), 2), won },
    };
  },
  rtpOf(selection) {
    const { count } = positionOf(selection);
    return rational(count * returned, BigInt(rollCount) * count);
  },
  maxPayout(selection) {
    const { count, stake } = positionOf(selection);
    return (stake * returned) / count;
  },
};

function positionOf(selection: readonly PlacedSelection[]) {
  const placed = selection[0];
  assert(placed !== undefined && selection.length === 1, "a dice selection is one position");
  const target = readTarget(placed.value);
  const count = target === undefined ? undefined : winningRolls(placed.market, target);
  assert(target !== undefined && count !== undefined && count > 0, "a dice position has winning rolls");
  return {
    market: placed.market,
    target,
    count: BigInt(count),
    stake: placed.stake,
  };
}

/** The target in hundredths. */
function readTarget(value: string): number | undefined {
  const match = /^(0|[1-9][0-9]?)(?:\.([0-9]{1,2}))?$/.exec(value);
  return match === null ? undefined : Number((match[1] ?? "") + (match[2] ?? "").padEnd(2, "0"));
}

function winningRolls(market: string, target: number): number | undefined {
  if (market === "under") return target;
  if (market === "over") return rollCount - 1 - target;
  return undefined;
}
