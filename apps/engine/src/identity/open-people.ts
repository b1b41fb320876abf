/** Puts the parts together that people's use cases are made of, and runs their jobs. */
import { join } from "node:path";
import { createDatabase, createPool, type Database } from "@pitboss/db/kernel/pool";
import { sealAudit, sealBatchSize } from "../audit/seal-audit.ts";
import type { GameCatalog } from "../catalog/game-catalog.ts";
import { runRenewals } from "../compliance/kyc/run-renewals.ts";
import { askVendor } from "../compliance/kyc/vendor/ask-vendor.ts";
import { processKycWebhooks } from "../compliance/kyc/vendor/process-kyc-webhooks.ts";
import { readKycVendor } from "../compliance/kyc/vendor/read-kyc-vendor.ts";
import { readRegisters } from "../compliance/registers/read-registers.ts";
import { runRegisterChecks } from "../compliance/registers/run-register-checks.ts";
import { continueRun } from "../compliance/screening/run-screening.ts";
import { createScreeningLists } from "../compliance/screening/screening-lists.ts";
import type { Config } from "../config.ts";
import { runRgClocks } from "../compliance/rg/run-rg-clocks.ts";
import { judgeCircuits } from "../gaming/circuits/judge-circuits.ts";
import { createInbox } from "../gaming/reconciliation/take-in-files.ts";
import { sweepWaiting } from "../gaming/staff/rounds/sweep-waiting.ts";
import { runReleases } from "../cashier/staff/payouts/run-releases.ts";
import { readRails } from "../cashier/psp/read-rails.ts";
import { runVoids } from "../gaming/staff/voids/run-voids.ts";
import { runStaleRounds } from "../gaming/staff/rounds/run-stale-rounds.ts";
import type { Context } from "../kernel/context.ts";
import { runNextExport } from "../reporting/exports/run-exports.ts";
import { runSchedules } from "../reporting/schedules/run-schedules.ts";
import { makeDueStatements } from "../reporting/affiliates/make-statement.ts";
import { sumDays } from "../reporting/facts/sum-days.ts";
import { closeNextDay } from "../reporting/days/close-day.ts";
import { openStore, storeKind } from "../reporting/store/open-store.ts";
import { createConsumerHandlers } from "../ops/consumer-handlers.ts";
import { createEventSource } from "../ops/event-source.ts";
import { markPlayers } from "../risk/links/mark-players.ts";
import { type Loop, startLoop } from "../ops/loop.ts";
import type { HealingMetrics } from "../ops/metrics.ts";
import { openObjects } from "../ops/objects/open-objects.ts";
import { createSteadySession } from "../ops/steady-session.ts";
import { openGeoLocator } from "../risk/geo/geo-locator.ts";
import type { Lanes } from "../wallet/lanes.ts";
import { runUpkeep } from "./keys/upkeep.ts";
import { noPsps, type PspDesk } from "../cashier/psp/psp-watch.ts";
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
const releasesEveryMs = 5_000;
const schedulesEveryMs = 15_000;
const voidsEveryMs = 1_000;
const sweepEveryMs = 30_000;
const rgClocksEveryMs = 2_000;
const staleEveryMs = 60_000;
const inboxEveryMs = 60_000;
const circuitsEveryMs = 5_000;
const marksEveryMs = 5_000;
const upkeepEveryMs = 60_000;
const screeningEveryMs = 1_000;
const kycWebhooksEveryMs = 1_000;
const registersEveryMs = 60_000;
const renewalsEveryMs = 60_000;
const askVendorEveryMs = 30_000;
const closeEveryMs = 60_000;
const sumEveryMs = 10 * 60_000;

export interface People {
  readonly deps: StaffDeps;
  stop(): Promise<void>;
}

export interface PeopleParts extends Context {
  readonly lanes: Pick<Lanes, "submit">;
  readonly catalog: Pick<GameCatalog, "byCode" | "all">;
  /** Absent where no engine runs, as when the house is opened. */
  readonly psps?: PspDesk;
}

export async function openPeople(config: Config, parts: PeopleParts, healing: HealingMetrics): Promise<People> {
  const deps = await createStaffDeps(config, parts);
  const pool = createPool({
    url: config.DATABASE_URL,
    applicationName: "pitboss-jobs-of-people",
    max: jobConnections,
    onError: (error) => deps.log.warn({ err: error }, "an idle database connection broke"),
  });
  const jobs = withDatabase(deps, createDatabase(pool));
  const inbox = createInbox(jobs, healing);
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
      name: "release-payouts",
      everyMs: releasesEveryMs,
      gapMs: 100,
      run: () => runReleases(jobs),
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
          startLoop({
            name: "affiliate-statements",
            everyMs: closeEveryMs,
            gapMs: 1_000,
            run: () => makeDueStatements(jobs),
            log: deps.log,
          }),
          startLoop({
            name: "sum-days",
            everyMs: sumEveryMs,
            gapMs: 1_000,
            run: () => sumDays(jobs.db, jobs.reports.store, jobs.clock.now()),
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
      name: "rg-clocks",
      everyMs: rgClocksEveryMs,
      gapMs: 100,
      run: () => runRgClocks(jobs),
      log: deps.log,
    }),
    startLoop({
      name: "stale-rounds",
      everyMs: staleEveryMs,
      gapMs: 1_000,
      run: () => runStaleRounds(jobs, healing),
      log: deps.log,
    }),
    startLoop({
      name: "provider-circuits",
      everyMs: circuitsEveryMs,
      gapMs: 1_000,
      run: () => judgeCircuits(jobs, healing),
      log: deps.log,
    }),
    startLoop({
      name: "provider-files",
      everyMs: inboxEveryMs,
      gapMs: 1_000,
      run: () => inbox.run(),
      log: deps.log,
    }),
    startLoop({
      name: "screen-players",
      everyMs: screeningEveryMs,
      gapMs: 20,
      run: () => continueRun(jobs),
      log: deps.log,
    }),
    startLoop({
      name: "mark-players",
      everyMs: marksEveryMs,
      gapMs: 50,
      run: () => markPlayers(jobs),
      log: deps.log,
    }),
    startLoop({
      name: "kyc-webhooks",
      everyMs: kycWebhooksEveryMs,
      gapMs: 50,
      run: () => processKycWebhooks(jobs),
      log: deps.log,
    }),
    startLoop({
      name: "exclusion-registers",
      everyMs: registersEveryMs,
      gapMs: 500,
      run: () => runRegisterChecks(jobs),
      log: deps.log,
    }),
    startLoop({
      name: "kyc-renewals",
      everyMs: renewalsEveryMs,
      gapMs: 1_000,
      run: () => runRenewals(jobs),
      log: deps.log,
    }),
    startLoop({
      name: "ask-kyc-vendor",
      everyMs: askVendorEveryMs,
      gapMs: 1_000,
      run: () => askVendor(jobs),
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
  const rails = await readRails(config.PSPS_FILE ?? join(dataDir, "psps.json"));
  const store = openStore(config);
  return {
    ...parts,
    psps: parts.psps ?? noPsps,
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
    rails,
    kycVendor: await readKycVendor(config.KYC_VENDOR_FILE ?? join(dataDir, "kyc-vendor.json"), production),
    registers: await readRegisters(
      config.EXCLUSION_REGISTERS_FILE ?? join(dataDir, "exclusion-registers.json"),
      production,
    ),
    screening: createScreeningLists(),
    reports: { store, currency: config.REPORTING_CURRENCY },
    ledger: createSteadySession({ databaseUrl, applicationName: "pitboss-ledger-check" }),
    geo: openGeoLocator(config),
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
