/** Which round it is this time: mostly one by the book, and now and then one that a network got into disorder. */
import { randomUUID } from "node:crypto";
import type { Call } from "../wire-model.ts";
import type { Chance } from "./chance.ts";
import { callsAbove, callsOf, callsOfTwoBets, type Disorder } from "./round-calls.ts";

type Manner = Disorder | "BY_THE_BOOK" | "TWO_BETS" | "ABOVE_FUNDS";

const manners: readonly { readonly weight: number; readonly value: Manner }[] = [
  { weight: 770, value: "BY_THE_BOOK" },
  { weight: 70, value: "REPEATED" },
  { weight: 60, value: "TWO_BETS" },
  { weight: 35, value: "ROLLED_BACK" },
  { weight: 30, value: "LATE_WIN" },
  { weight: 15, value: "WIN_FIRST" },
  { weight: 10, value: "ROLLBACK_FIRST" },
  { weight: 10, value: "ABOVE_FUNDS" },
];
/** With twice the stake this returns nine tenths of it, so that purses empty and are filled again. */
const winsOf = 0.45;

export interface Means {
  /** What the player can bet with, minor units. */
  readonly available: bigint;
  readonly stake: bigint;
  /** The most that the game takes. */
  readonly most: bigint;
}

export function chooseCalls(chance: Chance, { available, stake, most }: Means): readonly Call[] {
  const manner = chance.pickWeighted(manners);
  const order = {
    round: randomUUID(),
    named: naming(),
    stake,
    win: chance.happens(winsOf) ? stake * 2n : 0n,
  };
  switch (manner) {
    case "BY_THE_BOOK":
      return callsOf(null, order);
    case "TWO_BETS":
      return available < stake * 2n ? callsOf(null, order) : callsOfTwoBets(order);
    case "ABOVE_FUNDS":
      // So much that it is still above when a win comes in meanwhile, and no more than the game takes.
      return available * 2n >= most ? callsOf(null, order) : callsAbove({ ...order, stake: most });
    default:
      return callsOf(manner, order);
  }
}

/** Each name stands for one id of a provider. */
function naming(): (what: string) => string {
  const ids = new Map<string, string>();
  return (what) => {
    const known = ids.get(what);
    if (known !== undefined) return known;
    const id = randomUUID();
    ids.set(what, id);
    return id;
  };
}
