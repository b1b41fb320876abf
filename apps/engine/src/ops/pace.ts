/**
 * How much of the machine the background leaves to the bets. Work that nobody waits for (sealing, the archive) rests after
 * each piece, the longer the busier the engine's own thread is; how far it may fall behind is bounded.
 *
 * Measured on two cores under full load: the background's thread alone took a sixth of the time, and together with what it
 * pushed out of the caches a third of the throughput (3.8 k against 5.4 k bets/s), although its priority is the lowest.
 */

export interface Pace {
  /** What the engine reports: the part of the last moment in which its thread was busy, from 0 to 1. */
  readonly report: (load: number) => void;
  /** How long to rest after a piece of work, ms. Both arguments are ms: how long it took, and since when there is more. */
  readonly restMs: (workedMs: number, behindMs: number) => number;
}

/** Below this load nobody is in anybody's way. */
const calm = 0.25;
/** At full load, work is a thirteenth of the time. */
const restAtFullLoad = 12;
/** Behind by this much, as long working as resting at most; behind by more than the second, no rest. */
const late = { some: 20_000, very: 60_000 };
/** Longer than this nothing sleeps: the load may have gone. */
const longestMs = 3_000;
/** The engine reports with its commits; a report that is older says that there are none. */
const validMs = 1_000;

export function createPace(now: () => number = () => performance.now()): Pace {
  let load = 0;
  let reportedAt = Number.NEGATIVE_INFINITY;
  return {
    report(reported) {
      load = reported;
      reportedAt = now();
    },
    restMs(workedMs, behindMs) {
      if (load <= calm || behindMs >= late.very || now() - reportedAt > validMs) return 0;
      const share = (restAtFullLoad * (load - calm)) / (1 - calm);
      return Math.min(workedMs * (behindMs >= late.some ? Math.min(share, 1) : share), longestMs);
    },
  };
}
