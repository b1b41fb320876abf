/**
 * What a bet costs in each provider dialect, beside the same bet in the own contract: all over HTTP, against one engine, turn
 * about in one world. Calls are made and signed before they are measured, because a provider does that on its own machine.
 */
import { createHash, randomBytes, randomUUID } from "node:crypto";
import { join } from "node:path";
import { createDatabase, createPool } from "@pitboss/db/kernel/pool";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { type DemoProvider, openDemoProviders } from "@pitboss/engine/demo/open-demo-providers";
import { wireOf } from "@pitboss/engine/demo/play/dialect-wires";
import { createDataVault } from "@pitboss/engine/identity/keys/data-vault";
import { openLocalKeyService } from "@pitboss/engine/identity/keys/local-key-service";
import pg from "pg";
import { benchDataDir, startEngineProcess } from "./engine-process.ts";
import { type HttpClient, openHttpClient } from "./http-client.ts";
import { runLoad } from "./load.ts";
import { placeBody } from "./place.ts";
import type { World } from "./world.ts";

export interface DialectFigures {
  /** Accepted bets a second, the median of the turns; `own` is the house's own contract. */
  readonly perSecond: Readonly<Record<string, number>>;
  /** How much more a bet costs than one in the own contract, by dialect: 0.1 is ten per cent. */
  readonly cost: Readonly<Record<string, number>>;
}

interface Call {
  readonly path: string;
  readonly body: string;
  readonly headers: string;
}

const turns = 5;
const inFlight = 256;
const warmUpSeconds = 1;
/** More than any turn sends; a call is sent once, or it would be answered as a repeat. */
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
  const figures = new Map<string, number[]>(ways.map((way) => [way, []]));
  for (let turn = 0; turn < turns; turn += 1) {
    const own = await measureOwn(connections, world, seconds);
    figures.get("own")?.push(own);
    for (const provider of providers) {
      const count = Math.ceil(own * (seconds + warmUpSeconds) * spare);
      const calls = Array.from({ length: count }, () => betOf(provider, world, sessions));
      figures.get(provider.dialect)?.push(await measureCalls(strangers, calls, seconds));
    }
    say(`turn ${turn + 1}: ${ways.map((way) => `${way} ${figures.get(way)?.at(-1)?.toFixed(0)}`).join(", ")} bets/s`);
  }
  connections.close();
  strangers.close();
  await engine.stop();
  const perSecond = Object.fromEntries([...figures].map(([way, values]) => [way, median(values)]));
  // Of each turn by itself: what the machine had to do meanwhile was there for both.
  const cost = Object.fromEntries(
    providers.map(({ dialect }) => [
      dialect,
      median((figures.get(dialect) ?? []).map((value, turn) => (figures.get("own")?.[turn] ?? 0) / value - 1)),
    ]),
  );
  for (const [dialect, more] of Object.entries(cost)) {
    say(
      `${dialect}: ${perSecond[dialect]?.toFixed(0)} bets/s, ${(more * 100).toFixed(1)} % more than the own contract`,
    );
  }
  return { perSecond, cost };
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
    round: `R-2026-11-23-06:20:05-${id.slice(0, 13)}`,
    currency: "EUR",
    game: provider.game,
  } as const;
  const { path, body, headers } = wireOf(provider, play, { kind: "bet", id, bet: id, amount: 10n, close: false });
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return { path: `/v1/providers/${provider.provider}/${path}`, body, headers: lines.join("") };
}

async function measureOwn(connections: HttpClient, world: World, seconds: number): Promise<number> {
  return measure(seconds, (worker) => connections.post(worker, "/v1/bets/place", placeBody(world)));
}

async function measureCalls(connections: HttpClient, calls: readonly Call[], seconds: number): Promise<number> {
  let next = 0;
  return measure(seconds, (worker) => {
    const call = calls[next];
    if (call === undefined) throw new Error("a turn sent more calls than were made for it");
    next += 1;
    return connections.post(worker, call.path, call.body, call.headers);
  });
}

async function measure(
  seconds: number,
  send: (worker: number) => Promise<{ readonly status: number; readonly body: string }>,
): Promise<number> {
  let refused = "";
  const { perSecond, failed } = await runLoad({ inFlight, seconds, warmUpSeconds }, async (worker) => {
    const { status, body } = await send(worker);
    const well = status === 200 && accepted.test(body);
    if (!well) refused = `${status} ${body}`;
    return well ? 0 : 1;
  });
  if (failed > 0) throw new Error(`${failed} bets were not accepted, as in ${refused}`);
  return perSecond;
}

/** How each way says that it took the bet; SOFTSWISS says it by naming the transaction. */
const accepted = /"ACCEPTED"|"RS_OK"|"OK"|"transactions":\[/;

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
