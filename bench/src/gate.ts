/**
 * What the gate costs on the way of a bet, turn about in one world, so that a noisy machine is noisy for all: the whole way
 * over HTTP, by engines that differ in the gate alone; then the lanes alone. Each where no player has limits and where
 * every one has.
 */
import { type CountedLimit, count } from "@pitboss/domain/risk/gate-state";
import { storeOlderPlay, storePlay } from "@pitboss/domain/risk/stored-play";
import { emptyCounter } from "@pitboss/domain/risk/window-counter";
import pg from "pg";
import { startGateEngine } from "./engine-process.ts";
import { openHttpClient } from "./http-client.ts";
import { openLanes } from "./lanes-alone.ts";
import { runLoad } from "./load.ts";
import { placeBody } from "./place.ts";
import type { World } from "./world.ts";

/** Accepted bets a second, the medians of the turns. */
interface GateFigures {
  readonly off: number;
  readonly on: number;
  /** Where every player has limits. */
  readonly onWithLimits: number;
}

const turns = 5;
const inFlight = 256;

export async function benchGate(world: World, seconds: number, say: (text: string) => void): Promise<void> {
  tell("HTTP", await benchHttp(world, seconds), say);
  tell("lanes alone", await benchLanes(world, seconds), say);
}

function tell(where: string, { off, on, onWithLimits }: GateFigures, say: (text: string) => void): void {
  say(
    `${where}: ${off.toFixed(0)} bets/s without the gate; ${on.toFixed(0)} with it and no limits (${share(on, off)}); ${onWithLimits.toFixed(0)} where all have limits (${share(onWithLimits, off)})`,
  );
}

function benchHttp(world: World, seconds: number): Promise<GateFigures> {
  return inTurns(
    world,
    () => measureHttp(world, "off", seconds),
    () => measureHttp(world, "on", seconds),
  );
}

function benchLanes(world: World, seconds: number): Promise<GateFigures> {
  return inTurns(
    world,
    () => measureLanes(world, "off", seconds),
    () => measureLanes(world, "on", seconds),
  );
}

/** The medians. The order turns round with each turn: whoever comes first finds the server as the turn before left it. */
async function inTurns(world: World, off: () => Promise<number>, on: () => Promise<number>): Promise<GateFigures> {
  const ways = [
    { limits: false, run: off, found: [] as number[] },
    { limits: false, run: on, found: [] as number[] },
    { limits: true, run: on, found: [] as number[] },
  ];
  for (let turn = 0; turn < turns; turn += 1) {
    for (const way of turn % 2 === 0 ? ways : ways.toReversed()) {
      await takeLimits(world.url);
      if (way.limits) await giveLimits(world.url);
      way.found.push(await way.run());
    }
  }
  const [withoutGate, withGate, withLimits] = ways.map(({ found }) => median(found));
  return { off: withoutGate ?? 0, on: withGate ?? 0, onWithLimits: withLimits ?? 0 };
}

/**
 * An engine of its own each time: of two at once, one would do the background work of both, which makes room for bets where
 * it sees them coming and so not for those of the other.
 */
async function measureHttp(world: World, gate: "on" | "off", seconds: number): Promise<number> {
  const engine = await startGateEngine(world.url, gate);
  const connections = await openHttpClient(engine.url, inFlight, world.token);
  const { perSecond, failed } = await runLoad({ inFlight, seconds, warmUpSeconds: 5 }, async (worker) => {
    const answer = await connections.post(worker, "/v1/bets/place", placeBody(world));
    return answer.status === 200 ? 0 : 1;
  });
  connections.close();
  await engine.stop();
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
  await client.query("VACUUM ANALYZE player_gates");
  await client.end();
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** What a bet with the gate costs more than one without. */
function share(withIt: number, without: number): string {
  return `${((without / withIt - 1) * 100).toFixed(1)} % more`;
}
