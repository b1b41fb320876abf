/**
 * What the gate on the way of a bet knows of one player: what keeps them out, the limits that count bets, with their
 * counters, and the clock of their play. It is one narrow row, loaded and written with the batch under the player's lock.
 * A player who has none of this has no row.
 */
import type { ExclusionKind } from "../compliance/exclusion.ts";
import { firstSlotOf, type LimitWindow, slotOf, windowStart } from "../compliance/limit-window.ts";
import type { Currency } from "../wallet/currency.ts";
import { transactionTimeMs } from "../wallet/transaction-id.ts";
import type { Packs } from "./jurisdiction-pack.ts";
import type { ProfileBook, ProfileName } from "./limit-profile.ts";
import { addToSlot, type Counted, isCurrent, sumFrom, type WindowCounter } from "./window-counter.ts";

export type CountedKind = "WAGER" | "LOSS" | "SESSION";

export interface CountedLimit extends LimitWindow {
  readonly kind: CountedKind;
  /** Null on SESSION. */
  readonly currency: Currency | null;
  /** Minor units; minutes on SESSION. */
  readonly amount: bigint;
  readonly counter: WindowCounter;
}

/** When the player played, ms. A refused bet is no play. */
export interface PlayClock {
  /** When this session of play began, and its newest bet. */
  readonly startedMs: number;
  readonly lastMs: number;
  /** When the player last said that they have seen how long they play, or the session began. */
  readonly checkedMs: number;
  /** The newest bet in a category whose speed is limited. */
  readonly spinMs: number | null;
}

export interface Block {
  readonly kind: ExclusionKind;
  /** Null where time alone does not end it. */
  readonly untilMs: number | null;
}

export interface GateState {
  readonly playerId: bigint;
  readonly profile: ProfileName;
  /** Until when the player counts as young; null where their age is not known. */
  readonly youngUntilMs: number | null;
  readonly block: Block | null;
  /** How often the player wants to be told how long they play; null leaves it to the jurisdiction. */
  readonly realityCheckMs: number | null;
  readonly limits: readonly CountedLimit[];
  clock: PlayClock | null;
  /** Whether there is a row of this player already. */
  readonly stored: boolean;
  /** Set by what moves counters or clock: the row is written with the batch. */
  changed: boolean;
}

export interface Gate {
  readonly packs: Packs;
  readonly profiles: ProfileBook;
  readonly states: Map<bigint, GateState>;
}

export function emptyState(playerId: bigint): GateState {
  return {
    playerId,
    profile: "DEFAULT",
    youngUntilMs: null,
    block: null,
    realityCheckMs: null,
    limits: [],
    clock: null,
    stored: false,
    changed: false,
  };
}

/**
 * What a limit has counted in the window that ends at an instant. Of a slot that has left the window in part, losses count
 * and winnings don't: the player is never let past the limit by something that is no longer in the window.
 */
export function countedAt(limit: CountedLimit, atMs: number): bigint {
  const start = windowStart(limit, atMs);
  return sumFrom(limit.counter, firstSlotOf(limit, start), start);
}

/** Counts something that happened at `whenMs`, as it is known at `nowMs`; what has left the window is forgotten. */
export function count(limit: CountedLimit, change: Counted, whenMs: number, nowMs: number): void {
  const first = firstSlotOf(limit, windowStart(limit, nowMs));
  if (change.net !== 0n || change.gross !== 0n) addToSlot(limit.counter, slotOf(limit, whenMs), change, first);
}

/** The players one of whose bets, at that instant or earlier, can't be counted without the older slots of a limit. */
export function needOlderSlots(
  states: ReadonlyMap<bigint, GateState>,
  bets: Iterable<{ readonly id: bigint; readonly playerId: bigint }>,
  nowMs: number,
): Set<bigint> {
  const needing = new Set<bigint>();
  for (const { playerId, limits } of states.values()) {
    if (limits.some((limit) => !countsAlone(limit, nowMs, nowMs))) needing.add(playerId);
  }
  for (const { id, playerId } of bets) {
    const whenMs = transactionTimeMs(id);
    if (states.get(playerId)?.limits.some((limit) => !countsAlone(limit, whenMs, nowMs)) === true)
      needing.add(playerId);
  }
  return needing;
}

function countsAlone(limit: CountedLimit, whenMs: number, nowMs: number): boolean {
  return isCurrent(limit.counter, slotOf(limit, whenMs), firstSlotOf(limit, windowStart(limit, nowMs)));
}
