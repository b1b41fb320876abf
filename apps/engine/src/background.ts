/**
 * What follows a commit and no bet waits for: numbering batches, handing events to consumers, the
 * archive of raw events, the facts of reports, the sealer. `background-thread.ts` runs
 * it beside the engine on a thread of its own.
 */
import { createDatabase, createPool } from "@pitboss/db/kernel/pool";
import type { Config } from "./config.ts";
import { systemClock } from "./kernel/context.ts";
import { createLog } from "./kernel/log.ts";
import { startArchive } from "./ops/archive-events.ts";
import { createLeadership } from "./ops/leadership.ts";
import { openObjects } from "./ops/objects/open-objects.ts";
import { createPace } from "./ops/pace.ts";
import { startEvents } from "./ops/start-events.ts";
import { createSteadySession } from "./ops/steady-session.ts";
import { startFacts } from "./reporting/facts/collect-facts.ts";
import { openStore, storeKind } from "./reporting/store/open-store.ts";
import { startMonitoring } from "./risk/monitoring/monitor-events.ts";
import { openSealKey } from "./wallet/seal-keys.ts";
import { startSealer } from "./wallet/seal-ledger.ts";

export interface Background {
  /** Something was committed: follow it soon. `load` is the busy part of the engine's thread, from 0 to 1. */
  readonly nudge: (load: number) => void;
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
  const db = createDatabase(pool);
  const pace = createPace();
  const { DATABASE_URL: databaseUrl } = config;
  const events = startEvents({
    databaseUrl,
    applicationName,
    db,
    log,
    ...(config.NATS_URL === undefined ? {} : { nats: { url: config.NATS_URL } }),
  });
  const objects = openObjects(config);
  startArchive(events.bus, objects, pace);
  const store = openStore(config);
  const facts =
    storeKind(config) === "off"
      ? undefined
      : startFacts({ db, bus: events.bus, store, reporting: config.REPORTING_CURRENCY, pace, log });
  startMonitoring(events.bus, { clock: systemClock, reporting: config.REPORTING_CURRENCY }, pace);
  const leadership = createLeadership({ databaseUrl, applicationName: `${applicationName}-seal-lead` });
  const session = createSteadySession({ databaseUrl, applicationName: `${applicationName}-seal` });
  const sealer = startSealer({
    db,
    session,
    leadership,
    key: () => openSealKey(config.PITBOSS_DATA_DIR),
    objects,
    head: () => events.head(),
    pace,
    clock: systemClock,
    log,
  });
  return {
    nudge: (load) => {
      pace.report(load);
      events.nudge();
    },
    stop: async () => {
      await sealer.stop();
      await facts?.stop();
      await events.stop();
      await leadership.close();
      await session.close();
      await store.close();
      await pool.end();
    },
  };
}
