/** Puts the parts together that people's use cases are made of, and runs their jobs. */
import { join } from "node:path";
import { createDatabase, createPool, type Database } from "@pitboss/db/kernel/pool";
import { sealAudit, sealBatchSize } from "../audit/seal-audit.ts";
import type { GameCatalog } from "../catalog/game-catalog.ts";
import type { Config } from "../config.ts";
import { sweepWaiting } from "../gaming/staff/rounds/sweep-waiting.ts";
import { runVoids } from "../gaming/staff/voids/run-voids.ts";
import type { Context } from "../kernel/context.ts";
import { runNextExport } from "../reporting/exports/run-exports.ts";
import { runSchedules } from "../reporting/schedules/run-schedules.ts";
import { closeNextDay } from "../reporting/days/close-day.ts";
import { openStore, storeKind } from "../reporting/store/open-store.ts";
import { createConsumerHandlers } from "../ops/consumer-handlers.ts";
import { createEventSource } from "../ops/event-source.ts";
import { type Loop, startLoop } from "../ops/loop.ts";
import { openObjects } from "../ops/objects/open-objects.ts";
import { createSteadySession } from "../ops/steady-session.ts";
import type { Lanes } from "../wallet/lanes.ts";
import { runUpkeep } from "./keys/upkeep.ts";
import { createAccessTokens } from "./keys/access-tokens.ts";
import { readConsoleKey } from "./keys/console-key.ts";
import { createDataVault } from "./keys/data-vault.ts";
import { openLocalKeyService } from "./keys/local-key-service.ts";
import { createPlayerVault } from "./keys/player-vault.ts";
import { createSigningRing } from "./keys/signing-ring.ts";
import { createOutboxMailer } from "./mail/outbox-mailer.ts";
import type { StaffDeps } from "./staff-deps.ts";

/** Connections of the jobs alone: however many requests wait for one, the audit log is sealed. */
const jobConnections = 4;
const sealEveryMs = 5_000;
const exportsEveryMs = 1_000;
const schedulesEveryMs = 15_000;
const voidsEveryMs = 1_000;
const sweepEveryMs = 30_000;
const upkeepEveryMs = 60_000;
const closeEveryMs = 60_000;

export interface People {
  readonly deps: StaffDeps;
  stop(): Promise<void>;
}

export interface PeopleParts extends Context {
  readonly lanes: Pick<Lanes, "submit">;
  readonly catalog: Pick<GameCatalog, "byCode" | "all">;
}

export async function openPeople(config: Config, parts: PeopleParts): Promise<People> {
  const deps = await createStaffDeps(config, parts);
  const pool = createPool({
    url: config.DATABASE_URL,
    applicationName: "pitboss-jobs-of-people",
    max: jobConnections,
    onError: (error) => deps.log.warn({ err: error }, "an idle database connection broke"),
  });
  const jobs = withDatabase(deps, createDatabase(pool));
  const loops: Loop[] = [
    startLoop({
      name: "seal-audit",
      everyMs: sealEveryMs,
      gapMs: 100,
      run: async () => (await sealAudit(jobs)) === sealBatchSize,
      log: deps.log,
    }),
    startLoop({
      name: "exports",
      everyMs: exportsEveryMs,
      gapMs: 100,
      run: () => runNextExport(jobs),
      log: deps.log,
    }),
    startLoop({
      name: "scheduled-exports",
      everyMs: schedulesEveryMs,
      gapMs: 100,
      run: () => runSchedules(jobs),
      log: deps.log,
    }),
    startLoop({
      name: "apply-voids",
      everyMs: voidsEveryMs,
      gapMs: 10,
      run: () => runVoids(jobs),
      log: deps.log,
    }),
    ...(storeKind(config) === "off"
      ? []
      : [
          startLoop({
            name: "close-days",
            everyMs: closeEveryMs,
            gapMs: 1_000,
            run: () => closeNextDay(jobs),
            log: deps.log,
          }),
        ]),
    startLoop({
      name: "notice-waiting-bets",
      everyMs: sweepEveryMs,
      gapMs: 500,
      run: () => sweepWaiting(jobs),
      log: deps.log,
    }),
    startLoop({
      name: "upkeep-of-people",
      everyMs: upkeepEveryMs,
      gapMs: 1_000,
      run: () => runUpkeep(jobs),
      log: deps.log,
    }),
  ];
  return {
    deps,
    stop: async () => {
      await Promise.all(loops.map((loop) => loop.stop()));
      await deps.events.source.close();
      await deps.ledger.close();
      await deps.reports.store.close();
      await pool.end();
    },
  };
}

/** The same parts over other connections. */
function withDatabase(deps: StaffDeps, db: Database): StaffDeps {
  return { ...deps, db, ring: createSigningRing(db, deps.keys, deps.clock) };
}

export async function createStaffDeps(config: Config, parts: PeopleParts): Promise<StaffDeps> {
  const { db, clock } = parts;
  const { DATABASE_URL: databaseUrl } = config;
  const dataDir = config.PITBOSS_DATA_DIR;
  const production = config.NODE_ENV === "production";
  const keys = await openLocalKeyService({
    path: config.MASTER_KEYS_FILE ?? join(dataDir, "keys", "master-keys.json"),
    production,
  });
  const ring = createSigningRing(db, keys, clock);
  const consoleKey = await readConsoleKey({ dataDir, configured: config.CONSOLE_KEY, production });
  const vault = createDataVault(db, keys);
  const objects = openObjects(config);
  const store = openStore(config);
  return {
    ...parts,
    keys,
    vault,
    players: createPlayerVault(keys, vault),
    ring,
    tokens: createAccessTokens(ring, clock),
    events: {
      source: createEventSource({ databaseUrl, applicationName: "pitboss-replay" }),
      handlers: createConsumerHandlers(objects, store, config.REPORTING_CURRENCY),
    },
    objects,
    reports: { store, currency: config.REPORTING_CURRENCY },
    ledger: createSteadySession({ databaseUrl, applicationName: "pitboss-ledger-check" }),
    mailer: createOutboxMailer(join(dataDir, "mail"), clock),
    settings: {
      consoleOrigin: new URL(config.CONSOLE_URL).origin,
      consoleKey,
      dataDir,
      production,
      operator: config.OPERATOR_NAME,
    },
  };
}
