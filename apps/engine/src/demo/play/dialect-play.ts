/**
 * Play through the wallets of game providers, as their servers would call: mostly a bet and its win, and now and then what
 * networks make of it: the same call twice, a rollback, a win after the round was closed.
 */
import { createHmac, createPrivateKey, randomUUID, sign } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Currency, exponentOf } from "@pitboss/domain/wallet/currency";
import { formatMinor } from "@pitboss/domain/wallet/money";
import { z } from "zod";
import type { ApiClient } from "./api-client.ts";
import type { Chance } from "./chance.ts";
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

interface Play {
  readonly playerId: string;
  readonly session: string;
  readonly round: string;
  readonly currency: Currency;
  readonly game: string;
}

interface Call {
  readonly kind: "bet" | "win" | "rollback";
  readonly id: string;
  /** The bet that it is about. */
  readonly bet: string;
  readonly amount: bigint;
  readonly close: boolean;
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
  const send = async (call: Call): Promise<void> => {
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

interface Wire {
  readonly path: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** The call as the provider of the dialect sends it. */
export function wireOf({ dialect, secret }: DialectGame, play: Play, call: Call): Wire {
  switch (dialect) {
    case "hub88": {
      const body = JSON.stringify(hub88Body(play, call));
      const signature = sign("sha256", Buffer.from(body), createPrivateKey(secret)).toString("base64");
      return { path: `transaction/${call.kind}`, body, headers: { "x-hub88-signature": signature } };
    }
    case "softswiss": {
      const body = JSON.stringify(softswissBody(play, call));
      const hex = createHmac("sha256", secret).update(body).digest("hex");
      return { path: call.kind === "rollback" ? "rollback" : "play", body, headers: { "x-request-sign": hex } };
    }
    case "evolution": {
      const paths = { bet: "debit", win: "credit", rollback: "cancel" } as const;
      const body = evolutionBody(play, call);
      return { path: `${paths[call.kind]}?authToken=${encodeURIComponent(secret)}`, body, headers: {} };
    }
    default:
      return signedJsonWire(secret, play, call);
  }
}

function hub88Body({ playerId, session, round, currency, game }: Play, { kind, id, bet, amount, close }: Call): object {
  const units = (amount * 100_000n) / 10n ** BigInt(exponentOf(currency));
  const base = {
    user: playerId,
    token: session,
    request_uuid: randomUUID(),
    transaction_uuid: id,
    round,
    game_code: game,
  };
  if (kind === "rollback") return { ...base, reference_transaction_uuid: bet };
  const money = { ...base, currency, amount: Number(units), round_closed: close };
  return kind === "bet" ? money : { ...money, reference_transaction_uuid: bet };
}

function softswissBody({ playerId, round, currency, game }: Play, { kind, id, bet, amount, close }: Call): object {
  const more = kind === "rollback" ? { original_action_id: bet } : { amount: Number(amount) };
  const actions = [{ action: kind, action_id: id, ...more }];
  return { user_id: playerId, currency, game, game_id: round, finished: close, actions };
}

function evolutionBody({ playerId, session, round, currency, game }: Play, { id, bet, amount }: Call): string {
  const body = JSON.stringify({
    userId: playerId,
    sid: session,
    uuid: randomUUID(),
    currency,
    game: { id: round, type: "wheel", details: { table: { id: game, vid: null } } },
    transaction: { id, refId: bet, amount: "AMOUNT" },
  });
  // The amount goes out as a number with all of its digits.
  return body.replace('"AMOUNT"', formatMinor(amount, currency));
}

function signedJsonWire(secret: string, play: Play, { kind, id, bet, amount, close }: Call): Wire {
  const { playerId, session, round, currency, game } = play;
  const base = { transactionId: id, playerId };
  const money = { ...base, roundId: round, gameId: game, currency, amount: formatMinor(amount, currency) };
  const body = JSON.stringify(
    kind === "rollback"
      ? { ...base, originalTransactionId: bet }
      : kind === "bet"
        ? { ...money, session }
        : { ...money, betTransactionId: bet, close },
  );
  const name = `msg_${id}`;
  const stamp = String(Math.floor(Date.now() / 1_000));
  const signature = createHmac("sha256", Buffer.from(secret, "base64"))
    .update(`${name}.${stamp}.${body}`)
    .digest("base64");
  const headers = { "webhook-id": name, "webhook-timestamp": stamp, "webhook-signature": `v1,${signature}` };
  return { path: kind, body, headers };
}
