/**
 * Crash with automatic cash-out. With r uniform from 1 to 10^9, the round crashes at ⌊99 · 10^9 / r⌋ hundredths, and at
 * 1.00 where that is less than 100; a bet wins when the round gets to its target t (in hundredths), and pays t/100 times
 * the stake. It gets there for ⌊99 · 10^9 / t⌋ of the values of r, so the return is t · ⌊99 · 10^9 / t⌋ / 10^11: 99/100
 * where t divides 99 · 10^9, and below it by less than one part in 99,000 everywhere else.
 */
import { rational } from "../../kernel/rational.ts";
import { assert } from "../../kernel/result.ts";
import { formatDecimals } from "../../wallet/money.ts";
import type { BuiltInGame, PlacedSelection } from "./built-in-game.ts";
import { parsePlaced, type SelectionForm } from "./parse-selection.ts";

const drawBound = 1_000_000_000;
const scale = 99n * BigInt(drawBound);
/** Hundredths. */
const targetMin = 101n;
const targetMax = 1_000_000n;

const form: SelectionForm = {
  positionsMax: 1,
  canonical(market, value) {
    const target = market === "auto_cashout" ? readTarget(value) : undefined;
    return target === undefined ? undefined : formatDecimals(target, 2);
  },
  hint: "The market is auto_cashout, the value a multiplier from 1.01 to 10000.00 with at most two decimals.",
};

export const crash: BuiltInGame = {
  id: "pitboss_crash",
  name: "Crash",
  category: "crash",
  rules: {
    version: 1,
    summary:
      "A multiplier climbs from 1.00 until it crashes. The bet cashes out by itself at its target, if the round gets there.",
    paytable: [
      {
        market: "auto_cashout",
        values: "1.01 to 10000.00",
        pays: "the target",
      },
    ],
    data: { draws: drawBound, targetMin: "1.01", targetMax: "10000.00" },
  },
  rtp: rational(99n, 100n),
  maxMultiplier: rational(targetMax, 100n),
  parseSelection: (raw, stake, currency) => parsePlaced(raw, stake, currency, form),
  play(selection, draw) {
    const { target, stake } = positionOf(selection);
    const reached = scale / (BigInt(draw.below(drawBound)) + 1n);
    const crashPoint = reached < 100n ? 100n : reached;
    const won = crashPoint >= target;
    return {
      payout: won ? (stake * target) / 100n : 0n,
      multiplier: won ? rational(target, 100n) : rational(0n, 1n),
      result: { crashPoint: formatDecimals(crashPoint, 2), won },
    };
  },
  rtpOf(selection) {
    const { target } = positionOf(selection);
    return rational(target * (scale / target), 100n * BigInt(drawBound));
  },
  maxPayout(selection) {
    const { target, stake } = positionOf(selection);
    return (stake * target) / 100n;
  },
};

function positionOf(selection: readonly PlacedSelection[]): {
  target: bigint;
  stake: bigint;
} {
  const placed = selection[0];
  assert(placed !== undefined && selection.length === 1, "a crash selection is one position");
  const target = readTarget(placed.value);
  assert(target !== undefined, "a crash position names a target");
  return { target, stake: placed.stake };
}

/** The target in hundredths, if it is one that the game takes. */
function readTarget(value: string): bigint | undefined {
  const match = /^([1-9][0-9]{0,4})(?:\.([0-9]{1,2}))?$/.exec(value);
  if (match === null) return undefined;
  const target = BigInt((match[1] ?? "") + (match[2] ?? "").padEnd(2, "0"));
  return target >= targetMin && target <= targetMax ? target : undefined;
}
