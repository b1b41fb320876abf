/**
 * What a bet costs in each provider dialect, beside the same bet in the own contract: all over HTTP, against one engine, turn
 * about in one world. Calls are made and signed before they are measured, because a provider does that on its own machine.
 */
import { createHash, randomBytes, randomUUID } from "node:crypto";
import { join } from "node:path";
import { createDatabase, createPool } from "@pitboss/db/kernel/pool";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { type DemoProvider, openDemoProviders } from "@pitboss/engine/demo/open-demo-providers";
import { wireOf } from "@pitboss/wires/wire-of";
import { createDataVault } from "@pitboss/engine/identity/keys/data-vault";
import { openLocalKeyService } from "@pitboss/engine/identity/keys/local-key-service";
import pg from "pg";
import { benchDataDir, type EngineProcess, startEngineProcess } from "./engine-process.ts";
import { type HttpClient, openHttpClient } from "./http-client.ts";
import { runLoad } from "./load.ts";
import { placeBody } from "./place.ts";
import type { World } from "./world.ts";

export interface DialectFigures {
  /** Accepted bets a second, the median of the turns; `own` is the house's own contract. */
  readonly perSecond: Readonly<Record<string, number>>;
  /** How much more a bet costs than one in the own contract, by dialect: 0.1 is ten per cent. */
  readonly cost: Readonly<Record<string, number>>;
  /** The engine's CPU time a bet, µs, by way; what else the machine has to do moves it little. */
  readonly cpuMicros: Readonly<Record<string, number>>;
}

interface Turn {
  readonly perSecond: number;
  readonly cpuMicros: number;
}

interface Call {
  readonly path: string;
  readonly body: string;
  readonly headers: string;
}

const turns = 5;
const inFlight = 256;
const warmUpSeconds = 1;
/** More than most turns send: a call is sent once, or it would be answered as a repeat. */
const spare = 1.5;

export async function benchDialects(
  world: World,
  seconds: number,
  say: (text: string) => void,
): Promise<DialectFigures> {
  const providers = await openProviders(world);
  const sessions = await openSessions(world, providers);
  const engine = await startEngineProcess(world.url);
  const connections = await openHttpClient(engine.url, inFlight, world.token);
  const strangers = await openHttpClient(engine.url, inFlight);
  const ways = ["own", ...providers.map(({ dialect }) => dialect)];
  const figures = new Map<string, Turn[]>(ways.map((way) => [way, []]));
  const measure = (send: Send): Promise<Turn> => measureTurn(engine, seconds, send);
  for (let turn = 0; turn < turns; turn += 1) {
    const own = await measure((worker) => connections.post(worker, "/v1/bets/place", placeBody(world)));
    figures.get("own")?.push(own);
    for (const provider of providers) {
      const count = Math.ceil(own.perSecond * (seconds + warmUpSeconds) * spare);
      const make = (): Call => betOf(provider, world, sessions);
      const calls = Array.from({ length: count }, make);
      figures.get(provider.dialect)?.push(await measure(sendEach(strangers, calls, make)));
    }
    const told = ways.map((way) => `${way} ${figures.get(way)?.at(-1)?.perSecond.toFixed(0)}`);
    say(`turn ${turn + 1}: ${told.join(", ")} bets/s`);
  }
  connections.close();
  strangers.close();
  await engine.stop();
  const summed = (pick: (turn: Turn) => number): Record<string, number> =>
    Object.fromEntries([...figures].map(([way, values]) => [way, median(values.map(pick))]));
  const perSecond = summed((turn) => turn.perSecond);
  const cpuMicros = summed((turn) => turn.cpuMicros);
  // Of each turn by itself: what the machine had to do meanwhile was there for both.
  const costOf = (dialect: string): number =>
    median(
      (figures.get(dialect) ?? []).map((its, turn) => (figures.get("own")?.[turn]?.perSecond ?? 0) / its.perSecond - 1),
    );
  const cost = Object.fromEntries(providers.map(({ dialect }) => [dialect, costOf(dialect)]));
  for (const way of ways) {
    const more = way === "own" ? "" : `, ${((cost[way] ?? 0) * 100).toFixed(1)} % more than the own contract`;
    say(
      `${way}: ${perSecond[way]?.toFixed(0)} bets/s${more}; ${cpuMicros[way]?.toFixed(0)} µs of the engine's CPU a bet`,
    );
  }
  return { perSecond, cost, cpuMicros };
}

async function openProviders(world: World): Promise<DemoProvider[]> {
  const pool = createPool({ url: world.url, applicationName: "bench", max: 2, onError: () => undefined });
  const db = createDatabase(pool);
  const keys = await openLocalKeyService({
    path: join(benchDataDir, "keys", "master-keys.json"),
    production: false,
  });
  const opened = await openDemoProviders(db, createDataVault(db, keys), { EUR: { min: "0.01", max: "5000.00" } });
  await pool.end();
  return opened;
}

/** A session of every player on every provider's game, by `game player`. */
async function openSessions(
  world: World,
  providers: readonly DemoProvider[],
): Promise<(game: string, player: number) => string> {
  const client = new pg.Client({ connectionString: world.url });
  await client.connect();
  const seed = randomBytes(16).toString("hex");
  const tokenOf = (game: string, player: number): string => `gt_${seed}${game}${player}`;
  for (const { game } of providers) {
    const hashes = Array.from({ length: world.players }, (_, index) =>
      createHash("sha256")
        .update(tokenOf(game, index + 1))
        .digest("hex"),
    );
    await client.query(
      `INSERT INTO game_sessions (player_id, game_id, currency, token_hash, expires_at)
       SELECT n, (SELECT id FROM games WHERE code = $2), 978, decode(hash, 'hex'), now() + interval '1 day'
         FROM unnest($1::text[]) WITH ORDINALITY AS sent (hash, n)`,
      [hashes, game],
    );
  }
  await client.query("VACUUM ANALYZE game_sessions");
  await client.end();
  return tokenOf;
}

function betOf(provider: DemoProvider, world: World, tokenOf: (game: string, player: number) => string): Call {
  const player = 1 + Math.floor(Math.random() * world.players);
  const id = randomUUID();
  const play = {
    playerId: formatId("player", BigInt(player)),
    session: tokenOf(provider.game, player),
    currency: "EUR",
    game: provider.game,
  } as const;
  const round = `R-2026-11-23-06:20:05-${id.slice(0, 13)}`;
  const { path, body, headers } = wireOf(provider, play, { do: "bet", id, round, amount: 10n });
  // The connection says by itself that it sends JSON.
  const lines = Object.entries(headers)
    .filter(([name]) => name !== "content-type")
    .map(([name, value]) => `${name}: ${value}\r\n`);
  return { path: `/v1/providers/${provider.provider}/${path}`, body, headers: lines.join("") };
}

type Send = (worker: number) => Promise<{ readonly status: number; readonly body: string }>;

function sendEach(connections: HttpClient, calls: readonly Call[], more: () => Call): Send {
  let next = 0;
  return (worker) => {
    const call = calls[next] ?? more();
    next += 1;
    return connections.post(worker, call.path, call.body, call.headers);
  };
}

async function measureTurn(engine: EngineProcess, seconds: number, send: Send): Promise<Turn> {
  let refused = "";
  let sent = 0;
  const before = engine.cpuSeconds();
  const { perSecond, failed } = await runLoad({ inFlight, seconds, warmUpSeconds }, async (worker) => {
    const { status, body } = await send(worker);
    sent += 1;
    const well = status === 200 && accepted.test(body);
    if (!well) refused = `${status} ${body}`;
    return well ? 0 : 1;
  });
  if (failed > 0) throw new Error(`${failed} bets were not accepted, as in ${refused}`);
  const after = engine.cpuSeconds();
  const cpu = before === undefined || after === undefined ? Number.NaN : after - before;
  return { perSecond, cpuMicros: (cpu * 1_000_000) / sent };
}

/** How each way says that it took the bet; SOFTSWISS says it by naming the transaction. */
const accepted = /"ACCEPTED"|"RS_OK"|"OK"|"transactions":\[/;

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
