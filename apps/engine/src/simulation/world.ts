/**
 * The real thing, to be broken: a PostgreSQL, two engines as processes, each with a wire to it that can fail, a casino
 * with players who have money, and a client.
 */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { type EngineProcess, startEngineProcess } from "./engine-process.ts";
import { type FaultyProxy, openFaultyProxy } from "./faulty-proxy.ts";
import { type ApiClient, createApiClient } from "./http-client.ts";
import { type OwnPostgres, openOwnPostgres } from "./own-postgres.ts";
import { type CasinoPlan, openSmallCasino, type SmallCasino } from "./small-casino.ts";

export interface World {
  readonly casino: SmallCasino;
  readonly postgres: OwnPostgres;
  readonly api: ApiClient;
  readonly engines: readonly WorldEngine[];
  /** Works as the superuser on a connection of its own. */
  withDatabase<T>(work: (client: Client) => Promise<T>): Promise<T>;
  /** Waits until every engine says that it takes bets. Nothing is restarted for it. */
  untilReady(): Promise<void>;
  close(): Promise<void>;
}

export interface WorldEngine {
  /** Changes when the engine is started again. */
  readonly url: () => string;
  readonly wire: FaultyProxy;
  readonly kill: () => Promise<void>;
  /** Ends it politely, and says with which exit code it ended. */
  readonly stop: () => Promise<number | null>;
  readonly start: () => Promise<void>;
  readonly log: () => string;
}

export interface WorldOptions {
  /** Everything of the run lies in a folder of its own in here, and goes with it. */
  readonly folder: string;
  readonly engines: number;
  readonly casino: CasinoPlan;
}

const readyPatienceMs = 60_000;

export async function openWorld(options: WorldOptions): Promise<World> {
  mkdirSync(options.folder, { recursive: true });
  const folder = mkdtempSync(join(options.folder, "run-"));
  const postgres = await openOwnPostgres(join(folder, "postgres"));
  const api = createApiClient(256);
  const engines: (WorldEngine & { readonly end: () => Promise<void> })[] = [];
  const close = async (): Promise<void> => {
    api.close();
    await Promise.all(engines.map((engine) => engine.end()));
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };

  async function untilReady(): Promise<void> {
    const giveUpAt = performance.now() + readyPatienceMs;
    for (const engine of engines) {
      while (!(await isReady(api, engine.url()))) {
        if (performance.now() > giveUpAt) throw new Error(`an engine did not come back by itself:\n${engine.log()}`);
        await sleep(50);
      }
    }
  }

  try {
    const casino = await openSmallCasino(postgres.url(), options.casino);
    for (let index = 0; index < options.engines; index += 1) {
      engines.push(await openEngine(postgres, join(folder, `engine-${index}`)));
    }
    await untilReady();
    const withDatabase: World["withDatabase"] = (work) => withClient(postgres.url(), work);
    return { casino, postgres, api, engines, untilReady, withDatabase, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openEngine(postgres: OwnPostgres, dataDir: string) {
  const wire = await openFaultyProxy(postgres.port());
  const start = () => startEngineProcess({ databaseUrl: postgres.url(wire.port), dataDir });
  let running: EngineProcess | undefined = await start();
  let last = running;
  return {
    url: () => last.url,
    wire,
    log: () => last.log(),
    kill: async () => {
      running = undefined;
      await last.kill();
    },
    stop: async () => {
      running = undefined;
      return last.stop();
    },
    start: async () => {
      running = await start();
      last = running;
    },
    end: async () => {
      await running?.kill();
      await wire.close();
    },
  };
}

async function isReady(api: ApiClient, url: string): Promise<boolean> {
  try {
    return (await api.send(url, { method: "GET", path: "/readyz", timeoutMs: 2_000 })).status === 200;
  } catch {
    return false;
  }
}

async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
