/** Counts what happened, and tells it to the log now and then. */
import type { TrafficReport } from "@pitboss/wires/traffic/traffic";
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

/** Counts what was answered, and writes what was answered wrongly into the log: nobody else would see it. */
export function reportTo(tally: Pick<Tally, "count">, log: Logger): TrafficReport {
  return {
    answered({ source, call, again, verdict, judged }) {
      const what = judged === "REFUSED" ? verdict : call;
      tally.count(`${source}/${what}${again ? " again" : ""}`);
    },
    wrong(answer) {
      tally.count("wrong answers");
      log.error(answer, "an answer is wrong");
    },
  };
}
