/**
 * What the gate on the way of a bet knows of one player: what keeps them out, the limits that count bets, with their
 * counters, and the clock of their play. It is one narrow row, loaded and written with the batch under the player's lock.
 * A player who has none of this has no row.
 */
import type { ExclusionKind } from "../compliance/exclusion.ts";
import {
  firstSlot,
  type LimitPeriod,
  type LimitWindow,
  slotOf,
  type WindowKind,
  windowStart,
} from "../compliance/limit-window.ts";
import { type Currency, isCurrency } from "../wallet/currency.ts";
import type { Packs } from "./jurisdiction-pack.ts";
import type { ProfileBook, ProfileName } from "./limit-profile.ts";

export type CountedKind = "WAGER" | "LOSS" | "SESSION";

/** What a slot holds: minor units, or ms of play. */
export interface Counted {
  /** On LOSS below zero where the player won. */
  readonly net: bigint;
  /** The bets that count against the limit alone: on LOSS, those on which the player has lost. */
  readonly gross: bigint;
}

export interface CountedLimit extends LimitWindow {
  readonly kind: CountedKind;
  /** Null on SESSION. */
  readonly currency: Currency | null;
  /** Minor units; minutes on SESSION. */
  readonly amount: bigint;
  readonly counts: Map<number, Counted>;
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
  const first = firstSlot(limit, atMs);
  const start = windowStart(limit, atMs);
  let sum = 0n;
  for (const [slot, { net, gross }] of limit.counts) if (slot >= first) sum += slot < start ? gross : net;
  return sum;
}

/** Counts something that happened at `whenMs`, as it is known at `nowMs`; what has left the window is forgotten. */
export function count(limit: CountedLimit, { net, gross }: Counted, whenMs: number, nowMs: number): void {
  const first = firstSlot(limit, nowMs);
  for (const slot of limit.counts.keys()) if (slot < first) limit.counts.delete(slot);
  const slot = slotOf(limit, whenMs);
  if (slot < first || (net === 0n && gross === 0n)) return;
  const before = limit.counts.get(slot) ?? { net: 0n, gross: 0n };
  limit.counts.set(slot, { net: before.net + net, gross: before.gross + gross });
}

/** The moving part of the row, as JSON. */
export interface StoredPlay {
  readonly limits: readonly {
    readonly kind: CountedKind;
    readonly period: LimitPeriod;
    readonly window: WindowKind;
    readonly zone: string;
    readonly currency: string | null;
    readonly amount: string;
    readonly counts: readonly (readonly [slot: number, net: string, gross: string])[];
  }[];
  readonly clock: PlayClock | null;
}

export function storePlay({ limits, clock }: Pick<GateState, "limits" | "clock">): StoredPlay {
  return {
    limits: limits.map(({ kind, period, window, zone, currency, amount, counts }) => ({
      kind,
      period,
      window,
      zone,
      currency,
      amount: amount.toString(),
      counts: [...counts].map(([slot, { net, gross }]) => [slot, net.toString(), gross.toString()] as const),
    })),
    clock,
  };
}

export function readPlay({ limits, clock }: StoredPlay): {
  readonly limits: CountedLimit[];
  readonly clock: PlayClock | null;
} {
  return {
    clock,
    limits: limits.map(({ currency, amount, counts, ...rest }) => ({
      ...rest,
      currency: currency !== null && isCurrency(currency) ? currency : null,
      amount: BigInt(amount),
      counts: new Map(counts.map(([slot, net, gross]) => [slot, { net: BigInt(net), gross: BigInt(gross) }])),
    })),
  };
}
