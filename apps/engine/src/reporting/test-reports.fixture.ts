/** A house with reports, for tests: a real embedded store in its own process, fed by the events of a real ledger. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findHeadPosition, findPosition } from "@pitboss/db/ops/consumer-position";
import { insertRateTable } from "@pitboss/db/wallet/rate-tables";
import { createSteadySession } from "../ops/steady-session.ts";
import type { EventBus } from "../ops/event-bus.ts";
import type { EventSource } from "../ops/event-source.ts";
import { startEvents } from "../ops/start-events.ts";
import { systemClock } from "../kernel/context.ts";
import { createPace } from "../ops/pace.ts";
import { openTestHouse, quiet, type TestHouse, until } from "../ops/test-house.fixture.ts";
import { loadGameCatalog } from "../catalog/game-catalog.ts";
import type { StaffDeps } from "../identity/staff-deps.ts";
import { startFacts } from "./facts/collect-facts.ts";
import { factsConsumer } from "./facts/facts-consumer.ts";
import type { ColumnStore } from "./store/column-store.ts";
import { readEndpoint } from "./store/embedded/endpoint-file.ts";
import { runChdb } from "./store/embedded/run-chdb.ts";
import { openStore } from "./store/open-store.ts";

export interface TestStore {
  readonly store: ColumnStore;
  readonly dataDir: string;
  readonly kill: () => void;
  /** Where it answers as a ClickHouse server does. */
  url(): Promise<string | undefined>;
  close(): Promise<void>;
}

export async function openTestStore(): Promise<TestStore> {
  const dataDir = await mkdtemp(join(tmpdir(), "pitboss-reports-"));
  const chdb = runChdb(dataDir, quiet);
  const store = openStore({ REPORTS: "on", CLICKHOUSE_URL: undefined, PITBOSS_DATA_DIR: dataDir });
  return {
    store,
    dataDir,
    kill: () => chdb.kill(),
    url: () => readEndpoint(dataDir),
    async close() {
      await store.close();
      await chdb.stop();
      await rm(dataDir, { recursive: true });
    },
  };
}

export const testRates = {
  source: "test rates",
  asOf: "2025-01-02T00:00:00.000Z",
  base: "EUR" as const,
  rates: { USD: "1.0321", JPY: "162.93", GBP: "0.83118" },
};

export interface TestReports extends TestHouse {
  readonly reports: StaffDeps["reports"];
  readonly deps: Pick<StaffDeps, "db" | "catalog" | "reports" | "clock">;
  readonly dataDir: string;
  readonly source: EventSource;
  readonly bus: EventBus;
  /** Ends the store's process as a crash would. It is started again by its keeper. */
  readonly killStore: () => void;
  stopFacts(): Promise<void>;
  startFacts(): void;
  /** Until the facts are as far as the ledger. */
  caughtUp(): Promise<void>;
}

export async function openTestReports(): Promise<TestReports> {
  const house = await openTestHouse();
  await insertRateTable(house.db, testRates);
  const opened = await openTestStore();
  const { store } = opened;
  const catalog = await loadGameCatalog(house.db, quiet);
  const events = startEvents({ databaseUrl: house.url, applicationName: "test-reports", db: house.db, log: quiet });
  const startOver = () =>
    startFacts({ db: house.db, bus: events.bus, store, reporting: "EUR", pace: createPace(), log: quiet });
  let facts = startOver();
  const reader = createSteadySession({ databaseUrl: house.url, applicationName: "test-reports-waits" });
  const reports = { store, currency: "EUR" } as const;
  return {
    ...house,
    reports,
    deps: { db: house.db, catalog, reports, clock: systemClock },
    async caughtUp() {
      events.nudge();
      await until(async () => {
        const { rows } = await reader.use((session) =>
          session.run({ name: "waiting-batches", text: "SELECT count(*) FROM outbox WHERE position IS NULL" }),
        );
        if (rows[0]?.[0] !== "0") return false;
        const head = await findHeadPosition(house.db);
        return ((await findPosition(house.db, factsConsumer)) ?? -1n) >= head;
      });
    },
    async stopFacts() {
      await facts.stop();
    },
    startFacts() {
      facts = startOver();
    },
    dataDir: opened.dataDir,
    source: events.source,
    bus: events.bus,
    killStore: opened.kill,
    async close() {
      await facts.stop();
      await events.stop();
      await reader.close();
      catalog.stop();
      await opened.close();
      await house.close();
    },
  };
}
