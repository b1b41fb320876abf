/** The house that is played in: its games, and players of the simulation's own, so that nobody else moves their purses. */
import { randomUUID } from "node:crypto";
import { type Currency, isCurrency } from "@pitboss/domain/wallet/currency";
import { formatMinor, parseAmount } from "@pitboss/domain/wallet/money";
import type { Seat } from "@pitboss/wires/traffic/dialect-round";
import type { ApiClient } from "@pitboss/wires/traffic/api-client";
import { minorOfDecimal } from "@pitboss/wires/units";
import { z } from "zod";

export interface PlayableGame {
  readonly gameId: string;
  readonly builtIn: boolean;
  readonly min: bigint;
  readonly max: bigint;
}

export interface SimulatedPlayer {
  readonly playerId: string;
  /** What can be bet with, as the house said last; undefined where an answer is missing. */
  available: bigint | undefined;
  deposits: number;
  /** By game; a session lasts longer than a simulation. */
  readonly seats: Map<string, Seat>;
  token: { readonly text: string; readonly expiresAtMs: number } | undefined;
}

export interface House {
  games(): Promise<readonly PlayableGame[]>;
  openPlayer(purse: bigint): Promise<SimulatedPlayer | undefined>;
  /** False where the money did not come. */
  deposit(player: SimulatedPlayer, amount: bigint): Promise<boolean>;
  /** For the house's own games; undefined where none could be had. */
  tokenOf(player: SimulatedPlayer): Promise<string | undefined>;
  /** What the house's own books say: what can be bet with, and what open bets hold. */
  countPurse(player: SimulatedPlayer): Promise<{ readonly available: bigint; readonly held: bigint } | undefined>;
}

const gamesForm = z.object({
  games: z.array(
    z.object({
      gameId: z.string(),
      open: z.boolean(),
      builtIn: z.boolean(),
      limits: z.record(z.string(), z.object({ minBet: z.string(), maxBet: z.string() })),
    }),
  ),
});
const playerForm = z.object({ playerId: z.string() });
const tokenForm = z.object({ token: z.string(), expiresAt: z.string() });
const depositForm = z.object({ balanceAfter: z.string() });
const walletForm = z.object({
  wallets: z.array(z.object({ kind: z.string(), currency: z.string(), available: z.string(), held: z.string() })),
});

export function openHouse(api: ApiClient, token: string, currency: Currency, now: () => number): House {
  async function ask<T>(schema: z.ZodType<T>, method: "GET" | "POST", path: string, body?: object) {
    const answer = await api.send({ method, path, token, ...(body === undefined ? {} : { body }) });
    return answer === undefined || answer.status >= 300 ? undefined : schema.safeParse(answer.body).data;
  }

  async function deposit(player: SimulatedPlayer, amount: bigint): Promise<boolean> {
    const { playerId } = player;
    const body = { requestId: randomUUID(), playerId, amount: { amount: formatMinor(amount, currency), currency } };
    const done = await ask(depositForm, "POST", "/v1/demo/deposits", body);
    if (done === undefined) return false;
    player.deposits += 1;
    player.available = minorOfDecimal(done.balanceAfter, currency) ?? undefined;
    return true;
  }

  return {
    deposit,
    async games() {
      const read = await ask(gamesForm, "GET", "/v1/games");
      return (read?.games ?? []).flatMap(({ gameId, open, builtIn, limits }) => {
        const bounds = limits[currency];
        if (!open || bounds === undefined) return [];
        const [min, max] = [parseAmount(bounds.minBet, currency), parseAmount(bounds.maxBet, currency)];
        return min.ok && max.ok ? [{ gameId, builtIn, min: min.value, max: max.value }] : [];
      });
    },
    async openPlayer(purse) {
      const person = { nickname: `simulated-${randomUUID().slice(0, 8)}`, country: "MT" };
      const made = await ask(playerForm, "POST", "/v1/players", person);
      if (made === undefined) return undefined;
      const player: SimulatedPlayer = { ...made, available: 0n, deposits: 0, seats: new Map(), token: undefined };
      return (await deposit(player, purse)) ? player : undefined;
    },
    async tokenOf(player) {
      if (player.token !== undefined && player.token.expiresAtMs > now() + 60_000) return player.token.text;
      const made = await ask(tokenForm, "POST", `/v1/players/${player.playerId}/tokens`);
      player.token = made === undefined ? undefined : { text: made.token, expiresAtMs: Date.parse(made.expiresAt) };
      return made?.token;
    },
    async countPurse({ playerId }) {
      const read = await ask(walletForm, "GET", `/v1/wallet?playerId=${playerId}`);
      if (read === undefined) return undefined;
      const own = read.wallets.filter((one) => one.currency === currency && isSpendable(one.kind));
      const sum = (amounts: readonly string[]): bigint =>
        amounts.reduce((total, amount) => total + (minorOfDecimal(amount, currency) ?? 0n), 0n);
      return { available: sum(own.map(({ available }) => available)), held: sum(own.map(({ held }) => held)) };
    },
  };
}

function isSpendable(kind: string): boolean {
  return kind === "CASH" || kind === "BONUS";
}

export function readCurrency(text: string): Currency | undefined {
  return isCurrency(text) ? text : undefined;
}
