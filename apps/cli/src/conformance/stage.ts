/** The house that a dialect is tried on: players with money and sessions, made over its own API by the key it gave. */
import { randomUUID } from "node:crypto";
import { isCurrency } from "@pitboss/domain/wallet/currency";
import { formatMinor } from "@pitboss/domain/wallet/money";
import type { Who } from "@pitboss/wires/speak";
import { minorOfDecimal } from "@pitboss/wires/units";
import { z } from "zod";
import { bodyOf, reach } from "../session/reach.ts";

export const setupSchema = z.object({
  provider: z.string().min(1),
  game: z.string().min(1),
  currency: z.string().refine(isCurrency, "No currency has this code.").default("EUR"),
  /** What the provider signs with: a private key (PEM), a shared secret or a token. */
  secret: z.string().min(1),
  /** A machine key with the scopes players, sessions, wallets:read and demo:deposits. */
  operatorKey: z.string().min(1),
});
export type Setup = z.infer<typeof setupSchema>;

export interface Player extends Who {
  readonly sessionId: string;
}

export interface Stage {
  openPlayer(minor: bigint): Promise<Player>;
  endSession(player: Player): Promise<void>;
  block(player: Who): Promise<void>;
  /** Cash and bonuses that can be spent, minor units, as the house itself says. */
  balanceOf(player: Who): Promise<bigint>;
}

const wallets = z.object({
  wallets: z.array(z.object({ kind: z.string(), currency: z.string(), available: z.string() })),
});

export function openStage(target: string, setup: Setup, signal: AbortSignal): Stage {
  const call = async <T>(method: string, path: string, schema: z.ZodType<T>, body?: object): Promise<T> => {
    const headers = {
      authorization: `Bearer ${setup.operatorKey}`,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    };
    const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    return bodyOf(await reach(target + path, init, signal), schema);
  };
  const { game: gameId, currency } = setup;
  return {
    async openPlayer(minor) {
      const nickname = `conformance-${randomUUID().slice(0, 8)}`;
      const { playerId } = await call("POST", "/v1/players", z.object({ playerId: z.string() }), {
        nickname,
        country: "MT",
      });
      if (minor > 0n) {
        const amount = { amount: formatMinor(minor, currency), currency };
        await call("POST", "/v1/demo/deposits", z.unknown(), { requestId: randomUUID(), playerId, amount });
      }
      const opened = await call("POST", "/v1/game-sessions", z.object({ sessionId: z.string(), token: z.string() }), {
        playerId,
        gameId,
        currency,
      });
      return { playerId, session: opened.token, sessionId: opened.sessionId };
    },
    async endSession({ sessionId }) {
      await call("DELETE", `/v1/game-sessions/${sessionId}`, z.unknown());
    },
    async block({ playerId }) {
      await call("POST", `/v1/demo/players/${playerId}/block`, z.unknown());
    },
    async balanceOf({ playerId }) {
      const read = await call("GET", `/v1/wallet?playerId=${playerId}`, wallets);
      return read.wallets
        .filter((one) => one.currency === currency && (one.kind === "CASH" || one.kind === "BONUS"))
        .reduce((sum, { available }) => sum + (minorOfDecimal(available, currency) ?? 0n), 0n);
    },
  };
}
