/**
 * What follows a commit and no bet waits for: numbering batches, handing events to consumers. `background-thread.ts` runs
 * it beside the engine on a thread of its own.
 */
import { createDatabase, createPool } from "@pitboss/db/kernel/pool";
import type { Config } from "./config.ts";
import { createLog } from "./kernel/log.ts";
import { startEvents } from "./ops/start-events.ts";

export interface Background {
  /** Something was committed: follow it soon. */
  readonly nudge: () => void;
  readonly stop: () => Promise<void>;
}

export function startBackground(config: Config, engineId: string): Background {
  const log = createLog(config.LOG_LEVEL);
  const applicationName = `pitboss-${engineId}-background`;
  const pool = createPool({
    url: config.DATABASE_URL,
    applicationName,
    max: 4,
    onError: (error) => log.warn({ err: error }, "an idle database connection broke"),
  });
  const events = startEvents({
    databaseUrl: config.DATABASE_URL,
    applicationName,
    db: createDatabase(pool),
    log,
    ...(config.NATS_URL === undefined ? {} : { nats: { url: config.NATS_URL } }),
  });
  return {
    nudge: () => events.nudge(),
    stop: async () => {
      await events.stop();
      await pool.end();
    },
  };
}
