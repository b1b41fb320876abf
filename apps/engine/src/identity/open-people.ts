/** Puts the parts together that people's use cases are made of, and runs their jobs. */
import { join } from "node:path";
import { createDatabase, createPool, type Database } from "@pitboss/db/kernel/pool";
import type { GameCatalog } from "../catalog/game-catalog.ts";
import { readKycVendor } from "../compliance/kyc/vendor/read-kyc-vendor.ts";
import { readRegisters } from "../compliance/registers/read-registers.ts";
import { createScreeningLists } from "../compliance/screening/screening-lists.ts";
import type { Config } from "../config.ts";
import { createBankVault } from "../cashier/bank/bank-vault.ts";
import { readBanks } from "../cashier/bank/read-banks.ts";
import { readRails } from "../cashier/psp/read-rails.ts";
import { readSettlements } from "../cashier/settlement/read-settlements.ts";
import type { Context } from "../kernel/context.ts";
import { openStore, storeKind } from "../reporting/store/open-store.ts";
import { createAgainHandlers, createConsumerHandlers } from "../ops/consumer-handlers.ts";
import { createEventSource } from "../ops/event-source.ts";
import { startLoop } from "../ops/loop.ts";
import type { HealingMetrics } from "../ops/metrics.ts";
import { openObjects } from "../ops/objects/open-objects.ts";
import { createSteadySession } from "../ops/steady-session.ts";
import { openGeoLocator } from "../risk/geo/geo-locator.ts";
import { readGeoVendor } from "../risk/geo/vendor/read-geo-vendor.ts";
import type { Lanes } from "../wallet/lanes.ts";
import { noPsps, type PspDesk } from "../cashier/psp/psp-watch.ts";
import { createAccessTokens } from "./keys/access-tokens.ts";
import { readConsoleKey } from "./keys/console-key.ts";
import { createDataVault } from "./keys/data-vault.ts";
import { openLocalKeyService } from "./keys/local-key-service.ts";
import { createPlayerVault } from "./keys/player-vault.ts";
import { createSigningRing } from "./keys/signing-ring.ts";
import { createOutboxMailer } from "./mail/outbox-mailer.ts";
import { peopleJobs, reportJobs } from "./people-jobs.ts";
import type { StaffDeps } from "./staff-deps.ts";

/** Connections of the jobs alone: however many requests wait for one, the audit log is sealed. */
const jobConnections = 4;

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
  const listed = [...peopleJobs(jobs, healing), ...(storeKind(config) === "off" ? [] : reportJobs(jobs))];
  const loops = listed.map((job) => startLoop({ ...job, log: deps.log }));
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
  const players = createPlayerVault(keys, vault);
  const objects = openObjects(config);
  const pspPath = config.PSPS_FILE ?? join(dataDir, "psps.json");
  const banks = await readBanks(config.BANKS_FILE ?? join(dataDir, "banks.json"), production);
  const rails = await readRails(pspPath, banks);
  const store = openStore(config);
  const geoVendor = await readGeoVendor(config.GEO_VENDOR_FILE ?? join(dataDir, "geo-vendor.json"), production);
  return {
    ...parts,
    psps: parts.psps ?? noPsps,
    keys,
    vault,
    players,
    bank: { banks, vault: createBankVault(vault, players) },
    ring,
    tokens: createAccessTokens(ring, clock),
    events: {
      source: createEventSource({ databaseUrl, applicationName: "pitboss-replay" }),
      handlers: createConsumerHandlers(objects, store, config.REPORTING_CURRENCY),
      again: createAgainHandlers(store, config.REPORTING_CURRENCY),
    },
    objects,
    rails,
    settlements: await readSettlements(pspPath),
    kycVendor: await readKycVendor(config.KYC_VENDOR_FILE ?? join(dataDir, "kyc-vendor.json"), production),
    registers: await readRegisters(
      config.EXCLUSION_REGISTERS_FILE ?? join(dataDir, "exclusion-registers.json"),
      production,
    ),
    screening: createScreeningLists(),
    reports: { store, currency: config.REPORTING_CURRENCY },
    ledger: createSteadySession({ databaseUrl, applicationName: "pitboss-ledger-check" }),
    geo: openGeoLocator(config, { vendor: geoVendor }),
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
