/** Everything that is measured on one world. */
import pg from "pg";
import { type EngineProcess, startEngineProcess } from "./engine-process.ts";
import { type HttpClient, openHttpClient } from "./http-client.ts";
import { openLanes } from "./lanes-alone.ts";
import { type LoadResult, runAtRate, runLoad } from "./load.ts";
import { placeBody, type Spread } from "./place.ts";
import type { World } from "./world.ts";

export interface Figures {
  readonly startMs: number;
  /** By requests in flight. */
  readonly lanes: Record<string, LoadResult>;
  readonly http: Record<string, LoadResult>;
  readonly bulk: LoadResult;
  readonly bulk100: LoadResult;
  readonly oneGame: LoadResult;
  readonly lone: LoadResult;
  readonly halfPeak: LoadResult;
  readonly cpuMicrosPerBet: number | undefined;
  readonly walBytesPerBet: number;
  readonly storedBytesPerBet: number;
}

const mostSettleSeconds = 120;

export interface BenchOptions {
  readonly seconds: number;
  /** All levels of load; otherwise 256 in flight alone. */
  readonly all: boolean;
  readonly say: (text: string) => void;
}

export async function benchWorld(world: World, options: BenchOptions): Promise<Figures> {
  const { seconds, say } = options;
  const levels = options.all ? [16, 64, 256, 1_024] : [256];
  const client = new pg.Client({ connectionString: world.url });
  await client.connect();
  await warm(client, say);

  const engine = await startEngineProcess(world.url);
  say(`engine ready after ${engine.startMs.toFixed(0)} ms`);
  const http: Record<string, LoadResult> = {};
  let cost: Pick<Figures, "cpuMicrosPerBet" | "walBytesPerBet" | "storedBytesPerBet"> | undefined;
  for (const inFlight of levels) {
    await settle(client, say);
    const connections = await openHttpClient(engine.url, inFlight, world.token);
    const run = () => runLoad({ inFlight, seconds, warmUpSeconds: 2 }, (worker) => post(connections, worker, world));
    if (inFlight === 256) {
      const measured = await measureCost(client, engine, run);
      http[inFlight] = measured.result;
      cost = measured.cost;
    } else http[inFlight] = await run();
    tell(say, `HTTP, ${inFlight} in flight`, http[inFlight]);
    connections.close();
  }
  await settle(client, say);
  let connections = await openHttpClient(engine.url, 256, world.token);
  const bulk = await runBulk(connections, world, 20, 32, seconds);
  tell(say, "HTTP, 20 bets a request, 32 in flight", bulk);
  const bulk100 = await runBulk(connections, world, 100, 16, seconds);
  tell(say, "HTTP, 100 bets a request, 16 in flight", bulk100);
  connections.close();
  await settle(client, say);
  connections = await openHttpClient(engine.url, 256, world.token);
  const oneGame = await runLoad({ inFlight: 256, seconds }, (worker) =>
    post(connections, worker, world, { oneGame: true }),
  );
  tell(say, "HTTP, all on one game", oneGame);
  connections.close();
  await settle(client, say);
  connections = await openHttpClient(engine.url, 256, world.token);
  const lone = await runLoad({ inFlight: 1, seconds: Math.min(seconds, 3) }, () => post(connections, 0, world));
  tell(say, "HTTP, one at a time", lone);
  const half = (http["256"]?.perSecond ?? 0) / 2;
  const halfPeak = await runAtRate(half, seconds, (number) => post(connections, number, world));
  tell(say, "HTTP, at half the peak rate", halfPeak);
  connections.close();
  await engine.stop();

  const lanes: Record<string, LoadResult> = {};
  const alone = await openLanes(world, 2);
  for (const inFlight of levels) {
    lanes[inFlight] = await runLoad({ inFlight, seconds, warmUpSeconds: 2 }, () => alone.place());
    tell(say, `lanes, ${inFlight} in flight`, lanes[inFlight]);
  }
  await alone.stop();
  await client.end();
  if (cost === undefined) throw new Error("the cost is measured at 256 in flight");
  return { startMs: engine.startMs, lanes, http, bulk, bulk100, oneGame, lone, halfPeak, ...cost };
}

async function post(connections: HttpClient, worker: number, world: World, spread?: Spread): Promise<number> {
  const answer = await connections.post(worker, "/v1/bets/place", placeBody(world, spread));
  return answer.status === 200 ? 0 : 1;
}

function runBulk(
  connections: HttpClient,
  world: World,
  size: number,
  inFlight: number,
  seconds: number,
): Promise<LoadResult> {
  return runLoad({ inFlight, seconds, perCall: size }, async (worker) => {
    const body = `{"bets":[${Array.from({ length: size }, () => placeBody(world)).join(",")}]}`;
    const answer = await connections.post(worker, "/v1/bets/place-bulk", body);
    return answer.status === 200 ? size - answer.body.split('"ACCEPTED"').length + 1 : size;
  });
}

async function measureCost(client: pg.Client, engine: EngineProcess, run: () => Promise<LoadResult>) {
  const before = { bytes: await storedBytes(client), wal: await walPosition(client), bets: await betCount(client) };
  const cpuBefore = engine.cpuSeconds();
  const result = await run();
  const cpuAfter = engine.cpuSeconds();
  const bets = (await betCount(client)) - before.bets;
  return {
    result,
    cost: {
      cpuMicrosPerBet:
        cpuBefore === undefined || cpuAfter === undefined ? undefined : ((cpuAfter - cpuBefore) / bets) * 1e6,
      walBytesPerBet: ((await walPosition(client)) - before.wal) / bets,
      storedBytesPerBet: ((await storedBytes(client)) - before.bytes) / bets,
    },
  };
}

/**
 * Waits until the background has sealed and archived what was placed, and says how long that took. Each figure is that
 * of a peak which begins with nothing left over; the memory run holds a steady rate, at which the background keeps up.
 */
async function settle(client: pg.Client, say: (text: string) => void): Promise<void> {
  const started = performance.now();
  const open = `SELECT (SELECT max(position) FROM outbox) > least(
                  (SELECT max(to_position) FROM seals),
                  (SELECT position FROM consumer_positions WHERE consumer = 'archive')) AS value`;
  while ((performance.now() - started) / 1_000 < mostSettleSeconds) {
    const { rows } = await client.query<{ value: boolean | null }>(open);
    if (rows[0]?.value !== true) break;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  const seconds = (performance.now() - started) / 1_000;
  if (seconds >= 1) say(`  (the background caught up in ${seconds.toFixed(0)} s)`);
}

async function warm(client: pg.Client, say: (text: string) => void): Promise<void> {
  const started = performance.now();
  await client.query("CREATE EXTENSION IF NOT EXISTS pg_prewarm");
  await client.query(
    "SELECT sum(pg_prewarm(oid)) FROM pg_class WHERE relkind IN ('r', 'i') AND relnamespace = 'public'::regnamespace",
  );
  say(`caches warmed in ${((performance.now() - started) / 1_000).toFixed(1)} s`);
}

async function one(client: pg.Client, text: string): Promise<number> {
  const { rows } = await client.query<{ value: string }>(text);
  return Number(rows[0]?.value);
}

const walPosition = (client: pg.Client) => one(client, "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0') AS value");
const betCount = (client: pg.Client) => one(client, "SELECT count(*) AS value FROM bets");
/** Tables, indexes and maps of all that grows with a bet; wallets and players don't. */
const storedBytes = (client: pg.Client) =>
  one(
    client,
    `SELECT sum(pg_total_relation_size(oid)) AS value FROM pg_class
      WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
        AND relname ~ '^(transactions|postings|bets|requests|outbox|devices)'`,
  );

function tell(say: (text: string) => void, what: string, result: LoadResult | undefined): void {
  if (result === undefined) return;
  const failed = result.failed === 0 ? "" : `, ${result.failed} FAILED`;
  say(
    `  ${what}: ${result.perSecond.toFixed(0)} bets/s, p50 ${result.p50Ms.toFixed(1)}, p95 ${result.p95Ms.toFixed(1)}, p99 ${result.p99Ms.toFixed(1)} ms${failed}`,
  );
}
