/** The demo's players as simulated play knows them: their tokens, their purses, and how they like to bet. */
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { type Currency, exponentOf, isCurrency } from "@pitboss/domain/wallet/currency";
import { formatMinor, parseAmount } from "@pitboss/domain/wallet/money";
import { problemCode } from "@pitboss/wires/traffic/api-client";
import type { Chance } from "@pitboss/wires/traffic/chance";
import type { TrafficContext } from "@pitboss/wires/traffic/traffic";
import { z } from "zod";
import type { Tally } from "./tally.ts";

export interface SimulatedPlayer {
  readonly playerId: string;
  readonly device: { readonly ip: string; readonly ua: string };
  /** What a usual stake of theirs is, in whole euros' worth times 100. */
  readonly usualStake: bigint;
  token: { readonly text: string; readonly expiresAtMs: number } | undefined;
  /** A visit is under way. */
  playing: boolean;
}

export interface Purse {
  readonly player: SimulatedPlayer;
  readonly currency: Currency;
  /** Minor units that can be bet, as the engine said last. */
  available: bigint;
  /** What the house's own games told last in this visit, cash and bonuses together. */
  told?: bigint | undefined;
}

export interface PlayersContext extends TrafficContext {
  readonly tally: Tally;
}

const playersAnswer = z.object({ players: z.array(z.object({ playerId: z.string() })) });
const tokenAnswer = z.object({ token: z.string(), expiresAt: z.string() });
const walletAnswer = z.object({
  wallets: z.array(z.object({ kind: z.string(), currency: z.string(), available: z.string() })),
});
const methodsForm = z.object({
  methods: z.array(
    z.object({
      method: z.string(),
      currencies: z.record(z.string(), z.object({ min: z.string(), max: z.string() })),
    }),
  ),
});
const depositForm = z.object({ depositId: z.string(), status: z.string() });
const balanceAnswer = z.object({ balanceAfter: z.string() });

/** Euro cents; most players are careful, a few are not. */
const habits = [
  { weight: 70, value: [50n, 100n, 100n, 200n] },
  { weight: 25, value: [200n, 500n, 1_000n] },
  { weight: 5, value: [2_500n, 5_000n, 10_000n] },
];
const browsers = [
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148",
  "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Chrome/138.0 Mobile Safari/537.36",
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/138.0 Safari/537.36",
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 15_5) AppleWebKit/605.1.15 Version/18.5 Safari/605.1.15",
];
/** About what a euro's worth is elsewhere; stakes are round numbers there too. */
const euroWorth: Partial<Record<Currency, bigint>> = { JPY: 100n, KWD: 1n };

/** All but the first, whose sign-in is handed to whoever tries the demo: their balance should be theirs. */
export async function listSimulatedPlayers(context: PlayersContext): Promise<SimulatedPlayer[]> {
  const { api, chance, operatorKey } = context;
  const answer = await api.send({ method: "GET", path: "/v1/demo/players", token: operatorKey });
  if (answer === undefined) return [];
  if (problemCode(answer) !== undefined) throw new Error(`The demo's players can't be read: ${problemCode(answer)}`);
  return playersAnswer
    .parse(answer.body)
    .players.slice(1)
    .map(({ playerId }, index) => ({
      playerId,
      // TEST-NET-2 (RFC 5737): addresses that are nobody's.
      device: { ip: `198.51.100.${1 + (index % 254)}`, ua: chance.pick(browsers) },
      usualStake: chance.pick(chance.pickWeighted(habits)),
      token: undefined,
      playing: false,
    }));
}

/** A token that lasts for a while yet; undefined where none could be had. */
export async function playerToken(context: PlayersContext, player: SimulatedPlayer): Promise<string | undefined> {
  const held = player.token;
  if (held !== undefined && held.expiresAtMs > Date.now() + 60_000) return held.text;
  const { api, operatorKey } = context;
  const path = `/v1/players/${player.playerId}/tokens`;
  const answer = await api.send({ method: "POST", path, token: operatorKey });
  if (answer === undefined || answer.status !== 201) return undefined;
  const { token, expiresAt } = tokenAnswer.parse(answer.body);
  player.token = { text: token, expiresAtMs: Date.parse(expiresAt) };
  return token;
}

/** The purse that the player opens for this visit: mostly euros, now and then what else they have. */
export async function openPurse(context: PlayersContext, player: SimulatedPlayer): Promise<Purse | undefined> {
  const { api, chance, operatorKey } = context;
  const path = `/v1/wallet?playerId=${player.playerId}`;
  const answer = await api.send({ method: "GET", path, token: operatorKey });
  if (answer === undefined || answer.status !== 200) return undefined;
  const cash = walletAnswer.parse(answer.body).wallets.flatMap(({ kind, currency, available }) => {
    if (kind !== "CASH" || !isCurrency(currency)) return [];
    const minor = parseAmount(available, currency);
    return minor.ok ? [{ player, currency, available: minor.value }] : [];
  });
  const euros = cash.find(({ currency }) => currency === "EUR") ?? { player, currency: "EUR" as const, available: 0n };
  return chance.happens(0.25) && cash.length > 0 ? chance.pick(cash) : euros;
}

/** A stake that this player would choose, a round number in the purse's currency and within the game's limits. */
export function chooseStake(chance: Chance, purse: Purse, limits: { min: bigint; max: bigint }): bigint {
  const worth = purse.player.usualStake * chance.pick([1n, 1n, 1n, 2n, 5n]);
  const scaled = (worth * (euroWorth[purse.currency] ?? 1n) * 10n ** BigInt(exponentOf(purse.currency))) / 100n;
  return scaled < limits.min ? limits.min : scaled > limits.max ? limits.max : scaled;
}

/** Brings new money, by card where that is offered; false where it did not come. */
export async function deposit(context: PlayersContext, purse: Purse, least: bigint): Promise<boolean> {
  const amount = least * BigInt(context.chance.pick([20, 20, 50, 100]));
  return (await mayPayByCard(context, purse, amount))
    ? depositByCard(context, purse, amount)
    : depositAsGift(context, purse, amount);
}

async function mayPayByCard(
  { api, operatorKey }: PlayersContext,
  { currency }: Purse,
  amount: bigint,
): Promise<boolean> {
  const answer = await api.send({ method: "GET", path: "/v1/deposits/methods", token: operatorKey });
  if (answer?.status !== 200) return false;
  const bounds = methodsForm.parse(answer.body).methods.find(({ method }) => method === "card")?.currencies[currency];
  if (bounds === undefined) return false;
  const [min, max] = [parseAmount(bounds.min, currency), parseAmount(bounds.max, currency)];
  return min.ok && max.ok && amount >= min.value && amount <= max.value;
}

/** What the cards of players do, most days. */
const cards = [
  { weight: 88, value: "visa" },
  { weight: 6, value: "slow" },
  { weight: 6, value: "declined" },
];
const pollMs = 500;
const mostPolls = 20;

async function depositByCard(context: PlayersContext, purse: Purse, amount: bigint): Promise<boolean> {
  const { api, chance, tally, operatorKey: token } = context;
  const { playerId } = purse.player;
  const card = `${chance.pickWeighted(cards)}_${playerId}`;
  const body = {
    requestId: randomUUID(),
    playerId,
    amount: { amount: formatMinor(amount, purse.currency), currency: purse.currency },
    method: "card",
    token: `pm_card_${card}`,
    moreTokens: [`rec_${card}`, `src_${card}`],
  };
  let answer = await api.send({ method: "POST", path: "/v1/deposits", token, body });
  for (let polls = 0; polls < mostPolls && answer?.status === 200; polls += 1) {
    const { depositId, status } = depositForm.parse(answer.body);
    if (status !== "INITIATED" && status !== "PENDING") break;
    await sleep(pollMs);
    answer = await api.send({ method: "GET", path: `/v1/deposits/${depositId}`, token });
  }
  if (answer === undefined) return false;
  const status = answer.status === 200 ? depositForm.parse(answer.body).status : undefined;
  tally.count(status === "CREDITED" ? "deposits" : (status ?? problemCode(answer) ?? "deposits"));
  const now = status === "CREDITED" ? await openPurseIn(context, purse) : undefined;
  if (now === undefined) return false;
  purse.available = now;
  return true;
}

async function openPurseIn({ api, operatorKey }: PlayersContext, purse: Purse): Promise<bigint | undefined> {
  const path = `/v1/wallet?playerId=${purse.player.playerId}`;
  const answer = await api.send({ method: "GET", path, token: operatorKey });
  if (answer?.status !== 200) return undefined;
  const cash = walletAnswer
    .parse(answer.body)
    .wallets.find(({ kind, currency }) => kind === "CASH" && currency === purse.currency);
  const minor = cash === undefined ? undefined : parseAmount(cash.available, purse.currency);
  return minor?.ok === true ? minor.value : undefined;
}

/** Where there is no payment provider, or none for this currency. */
async function depositAsGift(
  { api, tally, operatorKey }: PlayersContext,
  purse: Purse,
  amount: bigint,
): Promise<boolean> {
  const body = {
    requestId: randomUUID(),
    playerId: purse.player.playerId,
    amount: { amount: formatMinor(amount, purse.currency), currency: purse.currency },
  };
  const answer = await api.send({ method: "POST", path: "/v1/demo/deposits", token: operatorKey, body });
  if (answer === undefined) return false;
  tally.count(problemCode(answer) ?? "deposits");
  if (answer.status !== 200) return false;
  noteBalance(purse, balanceAnswer.parse(answer.body).balanceAfter);
  return true;
}

export function noteBalance(purse: Purse, balance: string): void {
  const minor = parseAmount(balance, purse.currency);
  if (minor.ok) purse.available = minor.value;
}
