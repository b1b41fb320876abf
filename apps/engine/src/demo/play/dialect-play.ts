/**
 * Play through the wallets of game providers, as their servers would call: mostly a bet and its win, and now and then what
 * networks make of it: the same call twice, a rollback, a win after the round was closed.
 */
import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { ApiClient } from "./api-client.ts";
import type { Chance } from "./chance.ts";
import { type Play, type ProviderCall, wireOf } from "./dialect-wires.ts";
import type { Purse } from "./players.ts";
import type { Tally } from "./tally.ts";

const setup = z.object({ dialect: z.string(), provider: z.string(), game: z.string(), secret: z.string() });
export type DialectGame = z.infer<typeof setup>;

/** By game; empty where the demo has no such providers. */
export async function readDialectGames(dataDir: string): Promise<ReadonlyMap<string, DialectGame>> {
  try {
    const all = z.array(setup).parse(JSON.parse(await readFile(join(dataDir, "demo", "providers.json"), "utf8")));
    return new Map(all.map((one) => [one.game, one]));
  } catch {
    return new Map();
  }
}

export interface DialectPlayContext {
  readonly api: ApiClient;
  readonly chance: Chance;
  readonly tally: Tally;
  readonly operatorKey: string;
  readonly engineUrl: string;
}

const odd = { again: 0.05, rolledBack: 0.03, lateWin: 0.03, wins: 0.45 };
const opened = z.object({ token: z.string() });

/** One bet and what becomes of it, over the wire of the game's provider. */
export async function betByDialect(
  { api, chance, tally, operatorKey, engineUrl }: DialectPlayContext,
  speaks: DialectGame,
  purse: Purse,
  stake: bigint,
): Promise<void> {
  const { currency, player } = purse;
  const { playerId } = player;
  const { game } = speaks;
  const answer = await api.send({
    method: "POST",
    path: "/v1/game-sessions",
    token: operatorKey,
    body: { playerId, gameId: game, currency },
  });
  const session = opened.safeParse(answer?.body);
  if (!session.success) return;
  const play: Play = { playerId, session: session.data.token, round: randomUUID(), currency, game };
  const send = async (call: ProviderCall): Promise<void> => {
    const { path, body, headers } = wireOf(speaks, play, call);
    const times = chance.happens(odd.again) ? 2 : 1;
    for (let sent = 0; sent < times; sent += 1) {
      const response = await fetch(`${engineUrl}/v1/providers/${speaks.provider}/${path}`, {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body,
      });
      await response.arrayBuffer();
      tally.count(`${speaks.dialect}/${call.kind}`);
    }
  };
  const bet = randomUUID();
  await send({ kind: "bet", id: bet, bet, amount: stake, close: false });
  if (chance.happens(odd.rolledBack)) {
    await send({ kind: "rollback", id: randomUUID(), bet, amount: stake, close: false });
    return;
  }
  await sleep(chance.between(300, 1_500));
  const won = chance.happens(odd.wins) ? stake * 2n : 0n;
  const late = chance.happens(odd.lateWin);
  await send({ kind: "win", id: randomUUID(), bet, amount: late ? 0n : won, close: true });
  if (late && won > 0n) await send({ kind: "win", id: randomUUID(), bet, amount: won, close: false });
}
