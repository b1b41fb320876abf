/** Counts what happened, and tells it to the log now and then. */
import type { Logger } from "../../kernel/log.ts";

export interface Tally {
  count(what: string): void;
  /** Since the last telling. */
  tell(): void;
  stop(): void;
}

const everyMs = 30_000;

export function startTally(log: Logger, openRounds: () => number): Tally {
  let counts: Record<string, number> = {};
  const tell = (): void => {
    log.info({ openRounds: openRounds(), ...counts }, "played");
    counts = {};
  };
  const timer = setInterval(tell, everyMs);
  return {
    count: (what) => void (counts[what] = (counts[what] ?? 0) + 1),
    tell,
    stop: () => clearInterval(timer),
  };
}
