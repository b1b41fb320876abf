/**
 * A limit that holds from now on, in the middle of its window: it begins with what the ledger says of the window so far, so
 * that it makes no difference when a limit was set, made stricter or let go.
 */
import type { LimitWindow } from "../compliance/limit-window.ts";
import type { LimitAmount, LimitKey } from "../compliance/player-limit.ts";
import type { Currency } from "../wallet/currency.ts";
import { count, type CountedKind, type CountedLimit, type GateState, type PlayClock } from "./gate-state.ts";
import { emptyCounter } from "./window-counter.ts";

/** What a player has bet within a quarter of an hour or less, in one currency; minor units and ms. */
export interface PlayedTick {
  readonly atMs: number;
  readonly currency: Currency;
  readonly wagered: bigint;
  /** Cash lost on bets that were placed in it, below zero where more was won; and the same of the lost bets alone. */
  readonly lost: bigint;
  readonly lostGross: bigint;
  /** Time from the bet before to each bet, where both are of one session of play. */
  readonly playedMs: bigint;
}

/** As the ledger has it. */
export interface PlayedSoFar {
  /** Since the window's first slot. */
  readonly ticks: readonly PlayedTick[];
  /** The newest session of play; undefined where there was none lately. */
  readonly session: { readonly startedMs: number; readonly lastMs: number } | undefined;
}

export function holdLimit(
  state: GateState,
  { kind, period, currency }: LimitKey & { readonly kind: CountedKind },
  amount: LimitAmount,
  window: LimitWindow,
  { ticks, session }: PlayedSoFar,
  nowMs: number,
): GateState {
  const others = state.limits.filter(
    (limit) => limit.kind !== kind || limit.period !== period || limit.currency !== currency,
  );
  if (amount === null) return { ...state, limits: others };
  const limit: CountedLimit = { ...window, kind, currency, amount, counter: emptyCounter() };
  for (const tick of ticks) {
    if (kind !== "SESSION" && tick.currency !== currency) continue;
    count(limit, countOf(kind, tick), tick.atMs, nowMs);
  }
  return { ...state, limits: [...others, limit], clock: catchUp(state.clock, session) };
}

/** A clock that nothing asked for stood still while the player went on playing: the ledger knows better. */
export function catchUp(clock: PlayClock | null, session: PlayedSoFar["session"]): PlayClock | null {
  if (session === undefined || (clock !== null && clock.lastMs >= session.lastMs)) return clock;
  const { startedMs, lastMs } = session;
  const checkedMs = clock === null ? startedMs : Math.max(clock.checkedMs, startedMs);
  return { startedMs, lastMs, checkedMs, spinMs: clock?.spinMs ?? null };
}

function countOf(kind: CountedKind, tick: PlayedTick): { readonly net: bigint; readonly gross: bigint } {
  switch (kind) {
    case "WAGER":
      return { net: tick.wagered, gross: tick.wagered };
    case "LOSS":
      return { net: tick.lost, gross: tick.lostGross };
    case "SESSION":
      return { net: tick.playedMs, gross: tick.playedMs };
  }
}
