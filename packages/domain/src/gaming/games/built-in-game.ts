/**
 * What every built-in game is: rules as data, a reader for a player's selection, and a pure function from selection and
 * draws to the payout. Payouts are gross (the stake is in them) and rounded down to whole minor units, in the house's
 * favour by less than one unit a bet.
 */
import type { JsonObject } from "../../kernel/json.ts";
import type { Rational } from "../../kernel/rational.ts";
import type { Failure, Result } from "../../kernel/result.ts";
import type { Currency } from "../../wallet/currency.ts";
import type { FairDraw } from "../fairness.ts";

/** One position that the player took, as the game names it, with the part of the stake that lies on it. */
export interface PlacedSelection {
  readonly market: string;
  readonly value: string;
  /** Minor units, above zero; over all positions of a bet they sum to its stake. */
  readonly stake: bigint;
}

export interface Play {
  /** Gross, in minor units, rounded down; 0 where the bet lost. */
  readonly payout: bigint;
  /** What the stake was multiplied by, exactly, before the payout was rounded down. */
  readonly multiplier: Rational;
  /** What the player is shown; each game's shape stands in `docs/verify/README.md`. */
  readonly result: JsonObject;
}

/** One line of the table of payouts, for people. */
export interface PaytableRow {
  readonly market: string;
  /** The values that the market takes, in words or as a pattern. */
  readonly values: string;
  /** Gross multiple of the stake on it, a number or a formula. */
  readonly pays: string;
}

export interface GameRules {
  /** Grows with every change that could give another payout; a proof names the version that it was played by. */
  readonly version: number;
  readonly summary: string;
  readonly paytable: readonly PaytableRow[];
  /** What the outcome is computed from, where that is more than a formula: the wheel's positions, the reels. */
  readonly data: JsonObject;
}

export interface BuiltInGame {
  readonly id: string;
  readonly name: string;
  readonly category: "table" | "dice" | "crash" | "slots";
  readonly rules: GameRules;
  /** The return to player, exact and before payouts are rounded down. For crash the limit that no bet exceeds. */
  readonly rtp: Rational;
  /** The largest multiple of its stake that any bet on this game can pay. */
  readonly maxMultiplier: Rational;
  /** Reads what a client sent as `selection`; `stake` is the whole bet's, in minor units, above zero. */
  parseSelection(
    raw: unknown,
    stake: bigint,
    currency: Currency,
  ): Result<readonly PlacedSelection[], Failure<"SELECTION_INVALID">>;
  /** Plays a selection that `parseSelection` gave out; any other is a bug and throws. */
  play(selection: readonly PlacedSelection[], draw: FairDraw): Play;
  /** The exact return of this very bet, before rounding down. */
  rtpOf(selection: readonly PlacedSelection[]): Rational;
  /** The most that this very bet can pay, gross, in minor units. */
  maxPayout(selection: readonly PlacedSelection[]): bigint;
}
