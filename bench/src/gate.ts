/**
 * What the gate costs on the way of a bet, turn about in one world, so that a noisy machine is noisy for both. The lanes
 * alone with it and without it, where no player has limits and where every one has; then the whole way over HTTP, whose
 * engine has no switch for the gate, without limits and with them.
 */
import { type CountedLimit, count } from "@pitboss/domain/risk/gate-state";
import { storeOlderPlay, storePlay } from "@pitboss/domain/risk/stored-play";
import { emptyCounter } from "@pitboss/domain/risk/window-counter";
import pg from "pg";
import { startEngineProcess } from "./engine-process.ts";
import { type HttpClient, openHttpClient } from "./http-client.ts";
import { openLanes } from "./lanes-alone.ts";
import { runLoad } from "./load.ts";
import { placeBody } from "./place.ts";
import type { World } from "./world.ts";

export interface GateFigures {
  /** Accepted bets a second, the median of the turns. */
  readonly off: number;
  readonly on: number;
  /** The same two where every player has limits. */
  readonly offAgain: number;
  readonly onWithLimits: number;
  /** Over HTTP, with the gate in both: no player has limits, every player has. */
  readonly http: number;
  readonly httpWithLimits: number;
}

const turns = 5;
const inFlight = 256;

export async function benchGate(world: World, seconds: number, say: (text: string) => void): Promise<GateFigures> {
  const [off, on] = await inTurns(
    () => measureLanes(world, "off", seconds),
    () => measureLanes(world, "on", seconds),
  );
  say(`lanes, no limits:  ${off.toFixed(0)} bets/s without the gate, ${on.toFixed(0)} with it (${share(on, off)})`);
  await giveLimits(world.url);
  const [offAgain, onWithLimits] = await inTurns(
    () => measureLanes(world, "off", seconds),
    () => measureLanes(world, "on", seconds),
  );
  say(
    `lanes, all limits: ${offAgain.toFixed(0)} bets/s without the gate, ${onWithLimits.toFixed(0)} with it (${share(onWithLimits, offAgain)})`,
  );
  const engine = await startEngineProcess(world.url);
  const connections = await openHttpClient(engine.url, inFlight, world.token);
  const [http, httpWithLimits] = await inTurns(
    async () => {
      await takeLimits(world.url);
      return measureHttp(connections, world, seconds);
    },
    async () => {
      await giveLimits(world.url);
      return measureHttp(connections, world, seconds);
    },
  );
  connections.close();
  await engine.stop();
  say(
    `HTTP: ${http.toFixed(0)} bets/s without limits, ${httpWithLimits.toFixed(0)} where all have them (${share(httpWithLimits, http)})`,
  );
  return { off, on, offAgain, onWithLimits, http, httpWithLimits };
}

/** The medians of both. */
async function inTurns(one: () => Promise<number>, other: () => Promise<number>): Promise<[number, number]> {
  const [first, second]: [number[], number[]] = [[], []];
  for (let turn = 0; turn < turns; turn += 1) {
    first.push(await one());
    second.push(await other());
  }
  return [median(first), median(second)];
}

async function measureHttp(connections: HttpClient, world: World, seconds: number): Promise<number> {
  const { perSecond, failed } = await runLoad({ inFlight, seconds, warmUpSeconds: 1 }, async (worker) => {
    const answer = await connections.post(worker, "/v1/bets/place", placeBody(world));
    return answer.status === 200 ? 0 : 1;
  });
  if (failed > 0) throw new Error(`${failed} bets were not accepted`);
  return perSecond;
}

async function measureLanes(world: World, gate: "on" | "off", seconds: number): Promise<number> {
  const lanes = await openLanes(world, 2, gate);
  const { perSecond } = await runLoad({ inFlight, seconds, warmUpSeconds: 1 }, () => lanes.place());
  await lanes.stop();
  return perSecond;
}

/** A wager limit by the day and a loss limit by the week, which nobody reaches, for every player. */
async function giveLimits(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const limit = { window: "ROLLING", zone: "Europe/Malta", currency: "EUR", amount: 100_000_000_000n } as const;
  const limits: CountedLimit[] = [
    { ...limit, kind: "WAGER", period: "DAY", counter: emptyCounter() },
    { ...limit, kind: "LOSS", period: "WEEK", counter: emptyCounter() },
  ];
  // As those of somebody who has played all of a week, and in this quarter of an hour: a slot begins for few bets of many.
  for (const one of limits) {
    for (let hour = 7 * 24; hour >= 0; hour -= 0.25) {
      const atMs = Date.now() - hour * 3_600_000;
      count(one, { net: 10n, gross: 15n }, atMs, atMs);
    }
  }
  await client.query("INSERT INTO player_gates (player_id, play, older) SELECT id, $1, $2 FROM players", [
    storePlay({ limits, clock: null }),
    storeOlderPlay({ limits }),
  ]);
  await client.query("VACUUM ANALYZE player_gates");
  await client.end();
}

async function takeLimits(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query("DELETE FROM player_gates");
  await client.end();
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** What a bet with the gate costs more than one without. */
function share(withIt: number, without: number): string {
  return `${((without / withIt - 1) * 100).toFixed(1)} % more`;
}
