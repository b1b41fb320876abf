/**
 * A breaker for each provider: where too many calls fail it opens, and nothing new is sent there; after a while it lets
 * single tries through (half open), and closes again when they go well. A pure fold: the state in, the state out.
 */
import { isShareReached } from "../kernel/share.ts";

export const breakerSettings = {
  /** How far back failures count, ms. */
  windowMs: 60_000,
  /** Fewer calls than this in the window say nothing about a share. */
  fewestCalls: 10,
  /** It opens at this share of failed calls, in percent. */
  failedPercent: 50,
  /** So many failures one after the other open it, however few calls there were. */
  failuresInARow: 5,
  /** How long it stays open before a try, ms. */
  openMs: 30_000,
  /** How long a try may take before the next one is let through, ms. */
  tryMs: 10_000,
  /** So many good tries one after the other close it. */
  goodTries: 2,
} as const;

export type BreakerState = "CLOSED" | "OPEN" | "HALF_OPEN";

export interface Breaker {
  readonly state: BreakerState;
  /** Calls of the window, oldest first. */
  readonly calls: readonly { readonly atMs: number; readonly failed: boolean }[];
  readonly failuresInARow: number;
  readonly openedAtMs: number;
  /** Until when a try that is under way keeps others out; 0 where none is. */
  readonly tryUntilMs: number;
  readonly goodTries: number;
}

export const closedBreaker: Breaker = {
  state: "CLOSED",
  calls: [],
  failuresInARow: 0,
  openedAtMs: 0,
  tryUntilMs: 0,
  goodTries: 0,
};

/** Whether a new payment may be sent now; asking changes nothing. */
export function mayTry(breaker: Breaker, nowMs: number): boolean {
  if (breaker.state === "CLOSED") return true;
  if (breaker.state === "OPEN") return nowMs >= breaker.openedAtMs + breakerSettings.openMs;
  return nowMs >= breaker.tryUntilMs;
}

/** A new payment is sent: where the breaker is not closed it is the try that others wait for. */
export function beginTry(breaker: Breaker, nowMs: number): Breaker {
  if (breaker.state === "CLOSED") return breaker;
  const goodTries = breaker.state === "OPEN" ? 0 : breaker.goodTries;
  return { ...breaker, state: "HALF_OPEN", tryUntilMs: nowMs + breakerSettings.tryMs, goodTries };
}

/** A call has ended. */
export function recordCall(breaker: Breaker, failed: boolean, nowMs: number): Breaker {
  const calls = [...breaker.calls, { atMs: nowMs, failed }].filter(
    ({ atMs }) => nowMs - atMs < breakerSettings.windowMs,
  );
  const failuresInARow = failed ? breaker.failuresInARow + 1 : 0;
  const counted = { ...breaker, calls, failuresInARow };
  if (breaker.state === "HALF_OPEN") {
    if (failed) return opened(counted, nowMs);
    const goodTries = breaker.goodTries + 1;
    return goodTries >= breakerSettings.goodTries ? closedBreaker : { ...counted, goodTries, tryUntilMs: 0 };
  }
  if (breaker.state === "OPEN") return counted;
  const failures = calls.filter((call) => call.failed).length;
  const { fewestCalls, failedPercent: percent } = breakerSettings;
  const tooMany = isShareReached({ calls: calls.length, bad: failures }, { fewestCalls, percent });
  return failed && (tooMany || failuresInARow >= breakerSettings.failuresInARow) ? opened(counted, nowMs) : counted;
}

function opened(breaker: Breaker, nowMs: number): Breaker {
  return { ...breaker, state: "OPEN", openedAtMs: nowMs, tryUntilMs: 0, goodTries: 0 };
}
