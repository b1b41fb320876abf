/** Engines in this process on a database of their own, with a small casino in it, for tests that speak HTTP. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createTestDatabase } from "@pitboss/db/embedded/test-database";
import { openSession, type Session } from "@pitboss/db/kernel/session";
import { Client } from "pg";
import { readConfig } from "../config.ts";
import { type Engine, startEngine } from "../engine.ts";
import { checkLedger } from "../simulation/check-ledger.ts";
import { type ApiClient, type Call, createApiClient, type Reply } from "../simulation/http-client.ts";
import { type CasinoPlan, openSmallCasino, type SmallCasino } from "../simulation/small-casino.ts";

export interface TestEngine {
  readonly databaseUrl: string;
  readonly casino: SmallCasino;
  /** Works as the superuser. */
  readonly owner: Client;
  /** A way through the door for movements that have no route. */
  readonly door: Session;
  readonly urls: readonly string[];
  readonly api: ApiClient;
  /** Sends to the first engine, as the operator unless another token is named. */
  send(call: Call): Promise<Reply>;
  /** What every table of the money core holds, as one text: equal where nothing changed. */
  snapshot(): Promise<Snapshot>;
  /** Asks the database all that must be true of a ledger, and throws what is not. */
  check(): Promise<void>;
  close(): Promise<void>;
}

export interface Snapshot {
  /** Rows of the tables that move money, and the balances of all wallets. */
  readonly money: Readonly<Record<string, string>>;
  /** Rows of the tables that remember what was asked. */
  readonly memory: Readonly<Record<string, string>>;
}

export interface TestEngineOptions {
  readonly engines?: number;
  readonly casino?: CasinoPlan;
  readonly settings?: Readonly<Record<string, string>>;
}

export async function openTestEngine(options: TestEngineOptions = {}): Promise<TestEngine> {
  const database = await createTestDatabase();
  const casino = await openSmallCasino(database.url, options.casino ?? { players: 4, cash: 100_000n });
  const owner = new Client({ connectionString: database.url });
  await owner.connect();
  const door = await openSession({ url: database.url, applicationName: "test-door" });
  const dataDir = mkdtempSync(join(tmpdir(), "pitboss-engine-"));
  const engines: Engine[] = [];
  for (let index = 0; index < (options.engines ?? 1); index += 1) {
    const engine = await startEngine(configOf(database.url, dataDir, options.settings));
    // Its lanes connect on their own time; a bet that comes before is told to come again.
    while ((await fetch(`${engine.url}/readyz`)).status !== 200) await sleep(10);
    engines.push(engine);
  }
  const api = createApiClient();
  const urls = engines.map(({ url }) => url);
  return {
    databaseUrl: database.url,
    casino,
    owner,
    door,
    urls,
    api,
    send: (call) => api.send(urls[0] ?? "", { token: casino.operatorKey, ...call }),
    snapshot: () => takeSnapshot(owner),
    check: async () => {
      const broken = await checkLedger(owner);
      if (broken.length > 0) throw new Error(`the ledger is broken: ${JSON.stringify(broken, undefined, 2)}`);
    },
    close: async () => {
      api.close();
      await Promise.all(engines.map((engine) => engine.stop()));
      await door.close();
      await owner.end();
      await database.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

function configOf(databaseUrl: string, dataDir: string, settings: TestEngineOptions["settings"] = {}) {
  return readConfig({
    NODE_ENV: "test",
    DATABASE_URL: databaseUrl,
    ENGINE_PORT: "0",
    LOG_LEVEL: "silent",
    PITBOSS_DATA_DIR: dataDir,
    ...settings,
  });
}

const moneyTables = ["transactions", "postings", "bets", "bet_transitions", "rounds", "game_sessions", "players"];
const memoryTables = ["requests", "denials", "devices", "outbox"];

async function takeSnapshot(owner: Client): Promise<Snapshot> {
  const count = async (tables: readonly string[]): Promise<Record<string, string>> => {
    const columns = tables.map((table) => `(SELECT count(*) FROM ${table}) AS ${table}`);
    const { rows } = await owner.query<Record<string, string>>(`SELECT ${columns.join(", ")}`);
    return rows[0] ?? {};
  };
  const { rows } = await owner.query<{ id: string; text: string }>(
    "SELECT id, available || ' ' || held || ' ' || last_transaction AS text FROM wallets ORDER BY id",
  );
  const wallets = Object.fromEntries(rows.map(({ id, text }) => [`wallet ${id}`, text]));
  return { money: { ...(await count(moneyTables)), ...wallets }, memory: await count(memoryTables) };
}
