/**
 * Work that is done again and again in the background: at once when it is nudged, otherwise every so often, never twice
 * at the same time, and again after a pause where it failed. It ends for no failure; only `stop` ends it.
 */
import type { Logger } from "../kernel/log.ts";
import type { Pace } from "./pace.ts";

export interface Loop {
  /** There may be work: look soon. */
  nudge(): void;
  /** Ends after the run that is under way. */
  stop(): Promise<void>;
}

export interface LoopOptions {
  readonly name: string;
  /** Looks this often without being nudged, ms. */
  readonly everyMs: number;
  /** The least time between the starts of two runs, ms: what comes in between is done together. */
  readonly gapMs: number;
  /**
   * Answers whether there is more to do at once; `behind` where there is so much that nothing is gained by letting more
   * come together first.
   */
  readonly run: () => Promise<boolean | "behind">;
  /** Makes it rest between two runs while the engine is busy; for work that nobody waits for. */
  readonly pace?: Pace;
  readonly log: Logger;
}

/** What is behind rests this long between two runs, ms, whatever its gap. */
const drainGapMs = 20;
const retryMs = { first: 50, most: 1_000 };

export function startLoop({ name, everyMs, gapMs, run, pace, log }: LoopOptions): Loop {
  let stopping = false;
  let nudged = false;
  let wake: (() => void) | undefined;
  let failures = 0;
  /** Since when there has been more to do after each run. */
  let behindSince: number | undefined;

  async function go(): Promise<void> {
    while (!stopping) {
      const started = performance.now();
      nudged = false;
      const more = await runOnce();
      const ended = performance.now();
      const gap = more === "behind" ? Math.min(gapMs, drainGapMs) : gapMs;
      behindSince = more !== false ? (behindSince ?? started) : undefined;
      const behindMs = behindSince === undefined ? 0 : ended - behindSince;
      const rest = Math.max(gap - (ended - started), pace?.restMs(ended - started, behindMs) ?? 0);
      if (failures > 0) await pause(Math.min(retryMs.first * 2 ** failures, retryMs.most));
      else if (rest > 0) await pause(rest);
      if (more === false && failures === 0) await idle();
    }
  }

  async function runOnce(): Promise<boolean | "behind"> {
    try {
      const more = await run();
      if (failures > 0) log.info({ loop: name, failures }, "background work goes on");
      failures = 0;
      return more;
    } catch (error) {
      failures += 1;
      // One line when it begins and one now and then: the cause may last for hours.
      if (failures === 1 || failures % 60 === 0)
        log.warn({ err: error, loop: name, failures }, "background work failed");
      return false;
    }
  }

  /** Until a nudge, or until it is time. */
  async function idle(): Promise<void> {
    if (nudged || stopping) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, everyMs);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    wake = undefined;
  }

  /** A pause that only `stop` cuts short. */
  async function pause(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      cut = () => {
        clearTimeout(timer);
        resolve();
      };
      if (stopping) cut();
    });
    cut = undefined;
  }

  let cut: (() => void) | undefined;
  const ended = go();
  return {
    nudge() {
      nudged = true;
      wake?.();
    },
    async stop() {
      stopping = true;
      wake?.();
      cut?.();
      await ended;
    },
  };
}
