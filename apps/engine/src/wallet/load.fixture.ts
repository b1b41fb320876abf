/** Clients that bet and settle without a pause, and remember every answer that they were given. */
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { placeBody, settleBody } from "../gaming/place-body.fixture.ts";
import type { Reply } from "../simulation/http-client.ts";
import type { World } from "../simulation/world.ts";

export interface Acknowledged {
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly text: string;
}

export interface Refusal {
  readonly code: string;
  readonly retry: boolean;
  readonly afterMs: number;
}

export interface Load {
  readonly acknowledged: readonly Acknowledged[];
  /** Answers that were neither taken nor final, and how long each took to come. */
  readonly refusals: readonly Refusal[];
  /** Resolves when this many more commands were acknowledged. */
  more(count: number): Promise<void>;
  /** Ends the load once every command that is under way is answered. */
  stop(): Promise<void>;
}

export function startLoad(world: World, clients: number, players = world.casino.players): Load {
  const acknowledged: Acknowledged[] = [];
  const refusals: Refusal[] = [];
  let stopped = false;

  /** Asks until there is an answer for good, as a game server does; at the next engine each time. */
  async function insist(path: string, body: Record<string, unknown>, first: number): Promise<Reply> {
    for (let engine = first; ; engine += 1) {
      const started = performance.now();
      const url = world.engines[engine % world.engines.length]?.url() ?? "";
      const reply = await world.api.send(url, { path, body, token: world.casino.operatorKey }).catch(() => undefined);
      if (reply?.status === 200) {
        acknowledged.push({ path, body, text: reply.text });
        return reply;
      }
      if (reply !== undefined) {
        const { code, retry } = reply.body as { code: string; retry: boolean };
        refusals.push({ code, retry, afterMs: performance.now() - started });
        if (!retry) throw new Error(`${path} was refused: ${reply.text}`);
      }
      await sleep(25);
    }
  }

  async function play(client: number): Promise<void> {
    while (!stopped) {
      const player = players[client % players.length];
      const bet = placeBody(world.casino, {
        playerId: player?.publicId,
        requestId: randomUUID(),
        stake: { amount: "0.10", currency: "EUR" },
      });
      await insist("/v1/bets/place", bet, client);
      const win = { outcome: "WIN", payout: { amount: "0.10", currency: "EUR" } };
      await insist("/v1/rounds/settle", settleBody(bet, win), client);
    }
  }

  const playing = Array.from({ length: clients }, (_, client) => play(client));
  return {
    acknowledged,
    refusals,
    more: async (count) => {
      const goal = acknowledged.length + count;
      while (acknowledged.length < goal) await Promise.race([sleep(20), Promise.all(playing)]);
    },
    stop: async () => {
      stopped = true;
      await Promise.all(playing);
    },
  };
}
