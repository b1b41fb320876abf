/** The calls of a round as its provider's network delivers them: by the book, or not quite. */
import type { Call } from "../wire-model.ts";

/** How a network gets a round out of order. */
export const disorders = ["REPEATED", "WIN_FIRST", "ROLLBACK_FIRST", "ROLLED_BACK", "LATE_WIN"] as const;
export type Disorder = (typeof disorders)[number];

export interface RoundOrder {
  /** The round's own name, and a name for each of its calls; the same name is the same call. */
  readonly round: string;
  readonly named: (what: string) => string;
  /** Minor units. */
  readonly stake: bigint;
  /** Gross; zero is a loss. */
  readonly win: bigint;
}

/** A call whose id comes again is the same call, sent again. */
export function callsOf(disorder: Disorder | null, { round, named, stake, win }: RoundOrder): readonly Call[] {
  const bet: Call = { do: "bet", id: named("bet"), round, amount: stake };
  const won: Call = { do: "win", id: named("win"), bet: bet.id, round, amount: win, close: true };
  const back: Call = { do: "rollback", id: named("back"), of: bet.id, round, amount: stake };
  const late: Call = { do: "win", id: named("late"), bet: bet.id, round, amount: stake, close: false };
  switch (disorder) {
    case "REPEATED":
      return [bet, bet, won, bet, won];
    case "WIN_FIRST":
      return [won, bet, won];
    case "ROLLBACK_FIRST":
      return [back, bet, back];
    case "ROLLED_BACK":
      return [bet, back, back];
    case "LATE_WIN":
      return [bet, won, late, late];
    case null:
      return [bet, won];
  }
}

/** Two bets of one round, each with its own end; the last one closes it. */
export function callsOfTwoBets({ round, named, stake, win }: RoundOrder): readonly Call[] {
  const first: Call = { do: "bet", id: named("bet"), round, amount: stake };
  const second: Call = { do: "bet", id: named("second-bet"), round, amount: stake };
  return [
    first,
    second,
    { do: "win", id: named("win"), bet: first.id, round, amount: win, close: false },
    { do: "win", id: named("second-win"), bet: second.id, round, amount: 0n, close: true },
  ];
}

/** A bet of more than there is, and the same again; then it is taken back, as after every bet that went wrong. */
export function callsAbove({ round, named, stake }: RoundOrder): readonly Call[] {
  const bet: Call = { do: "bet", id: named("bet"), round, amount: stake };
  return [bet, bet, { do: "rollback", id: named("back"), of: bet.id, round, amount: stake }];
}
