/** Counts how calls were answered, and writes the sums now and then: nothing that is not money waits on a bet's way. */
import { addCallCounts } from "@pitboss/db/gaming/provider-store";
import type { Database } from "@pitboss/db/kernel/pool";
import type { Logger } from "../../../kernel/log.ts";
import { startLoop } from "../../../ops/loop.ts";

const writeEveryMs = 2_000;
const hourMs = 3_600_000;

export interface CallCounts {
  count(providerId: number, operation: string, code: string, nowMs: number): void;
  stop(): Promise<void>;
}

export function createCallCounts(db: Database, log: Logger): CallCounts {
  let counts = new Map<string, { providerId: number; hour: string; operation: string; code: string; calls: number }>();

  async function write(): Promise<boolean> {
    const taken = counts;
    counts = new Map();
    try {
      await addCallCounts(db, [...taken.values()]);
    } catch (error) {
      // They are counted again with the next ones.
      for (const [key, row] of taken) {
        const now = counts.get(key);
        counts.set(key, now === undefined ? row : { ...row, calls: row.calls + now.calls });
      }
      throw error;
    }
    return false;
  }

  const loop = startLoop({ name: "provider-calls", everyMs: writeEveryMs, gapMs: 50, run: write, log });
  return {
    count(providerId, operation, code, nowMs) {
      const hour = new Date(nowMs - (nowMs % hourMs)).toISOString();
      const key = `${providerId} ${hour} ${operation} ${code}`;
      const row = counts.get(key);
      if (row === undefined) counts.set(key, { providerId, hour, operation, code, calls: 1 });
      else row.calls += 1;
    },
    async stop() {
      await loop.stop();
      await write().catch((error: unknown) => log.warn({ err: error }, "the last counts of calls were not written"));
    },
  };
}
