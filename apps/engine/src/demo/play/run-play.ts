/**
 * The stream of simulated play: players come, play a while on one game, lose or win, bring new money or leave. Bets come
 * one by one at random moments whose mean rate follows the day.
 */
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Currency, isCurrency } from "@pitboss/domain/wallet/currency";
import { parseAmount } from "@pitboss/domain/wallet/money";
import { createApiClient } from "@pitboss/wires/traffic/api-client";
import { createChance } from "@pitboss/wires/traffic/chance";
import type { DialectGame } from "@pitboss/wires/traffic/dialect-round";
import { z } from "zod";
import type { PlayConfig } from "../../config.ts";
import type { Logger } from "../../kernel/log.ts";
import { betBuiltIn, convertSome } from "./built-in-play.ts";
import { betByDialect, readDialectGames } from "./dialect-play.ts";
import { betLive, type LivePlayContext } from "./live-play.ts";
import { createLiveTables } from "./live-tables.ts";
import { openOwedCalls } from "./owed-calls.ts";
import { chooseStake, deposit, listSimulatedPlayers, openPurse, type Purse, type SimulatedPlayer } from "./players.ts";
import { livelinessAt } from "./rhythm.ts";
import { reportTo, startTally } from "./tally.ts";
import { withdrawSome } from "./withdraw.ts";

interface PlayGame {
  readonly gameId: string;
  readonly builtIn: boolean;
  readonly limits: ReadonlyMap<Currency, { readonly min: bigint; readonly max: bigint }>;
}

interface Visit {
  readonly purse: Purse;
  readonly game: PlayGame;
  betsLeft: number;
  nextAtMs: number;
  busy: boolean;
}

const gamesAnswer = z.object({
  games: z.array(
    z.object({
      gameId: z.string(),
      open: z.boolean(),
      builtIn: z.boolean(),
      limits: z.record(z.string(), z.object({ minBet: z.string(), maxBet: z.string() })),
    }),
  ),
});

/** More than this is not sent at once: a slow engine shows in the rate, not in a heap of requests. */
const inFlightMost = 64;
const thinkMs = [2_000, 9_000] as const;
const betsOfVisit = 25;
/** How long answers that are under way are waited for when the play stops. */
const lastAnswersMs = 3_000;
const chances = { depositsWhenBroke: 0.85, converts: 0.05, withdraws: 0.4 };

/** Plays until the signal, then settles what is open. Throws where it can't play at all. */
export async function runPlay(config: PlayConfig, log: Logger, signal: AbortSignal): Promise<void> {
  const chance = createChance();
  const stopping = new AbortController();
  const stop = (reason?: Error): void => stopping.abort(reason);
  signal.addEventListener("abort", () => stop(), { once: true });
  /** After the stop, for rounds of providers whose bets are held until their end is told. */
  const ended = new AbortController();
  const operatorKey = config.PITBOSS_OPERATOR_KEY;
  const api = createApiClient({
    url: config.ENGINE_URL,
    chance,
    log,
    signal: stopping.signal,
    wireSignal: ended.signal,
    operatorKey,
    onKeyRefused: () => stop(new Error("The engine does not take PITBOSS_OPERATOR_KEY (any more).")),
  });
  const tally = startTally(log, () => tables.openRounds());
  const file = join(config.PITBOSS_DATA_DIR, "simulated-play.json");
  const owed = await openOwedCalls({ api, tally, operatorKey, file });
  const tables = createLiveTables({ chance, owed, speed: config.PLAY_SPEED });
  const report = reportTo(tally, log);
  // What is under way is brought to its end when the play stops, without more waiting.
  const pause = (ms: number): Promise<void> =>
    sleep(ms / config.PLAY_SPEED, undefined, { signal: stopping.signal }).catch(() => undefined);
  const context: LivePlayContext = { api, chance, tally, operatorKey, tables, owed, report, pause };
  const underWay = new Set<Promise<void>>();
  try {
    const players = await listSimulatedPlayers(context);
    if (players.length === 0 && !stopping.signal.aborted) throw new Error("There are no demo players to play with.");
    log.info({ players: players.length, betsPerSecond: config.PLAY_RATE }, "simulated play begins");
    const dialectGames = await readDialectGames(config.PITBOSS_DATA_DIR);
    await playOn({ ...context, config, players, dialectGames, underWay, signal: stopping.signal, log });
  } catch (error) {
    // What stopped the play from inside says more than what failed for it.
    throw stopping.signal.aborted && !signal.aborted ? stopping.signal.reason : error;
  } finally {
    stop();
    tables.stop();
    await Promise.race([Promise.allSettled(underWay), sleep(lastAnswersMs, undefined, { ref: false })]);
    ended.abort();
    await owed.settleUp();
    tally.tell();
    tally.stop();
  }
  if (!signal.aborted) throw stopping.signal.reason;
}

interface Casino extends LivePlayContext {
  readonly config: PlayConfig;
  readonly players: readonly SimulatedPlayer[];
  /** Games that are played over the wallets of their providers. */
  readonly dialectGames: ReadonlyMap<string, DialectGame>;
  readonly underWay: Set<Promise<void>>;
  readonly signal: AbortSignal;
  readonly log: Logger;
}

async function playOn(casino: Casino): Promise<void> {
  const { api, chance, config, signal, underWay, log } = casino;
  const visits = new Set<Visit>();
  const stopped = (): boolean => signal.aborted;
  while (!stopped()) {
    const meanMs = 1_000 / (config.PLAY_RATE * livelinessAt(Date.now()));
    await sleep(chance.exponential(meanMs), undefined, { signal }).catch(() => undefined);
    if (stopped() || !api.up() || underWay.size >= inFlightMost) continue;
    const step = takeStep(casino, visits).catch((error: unknown) => log.error({ err: error }, "a bet went wrong"));
    underWay.add(step);
    void step.finally(() => underWay.delete(step));
  }
}

/** One bet by whoever is due; where nobody is, somebody comes in. */
async function takeStep(casino: Casino, visits: Set<Visit>): Promise<void> {
  const { chance, config } = casino;
  const visit = nextVisit(visits) ?? (await beginVisit(casino, visits));
  if (visit === undefined || visit.busy) return;
  visit.busy = true;
  try {
    const stays = await bet(casino, visit);
    visit.betsLeft -= 1;
    visit.nextAtMs = Date.now() + chance.between(...thinkMs) / config.PLAY_SPEED;
    if (stays && visit.betsLeft > 0) return;
    visits.delete(visit);
    try {
      if (chance.happens(chances.withdraws)) await withdrawSome(casino, visit.purse);
    } finally {
      visit.purse.player.playing = false;
    }
  } finally {
    visit.busy = false;
  }
}

function nextVisit(visits: ReadonlySet<Visit>): Visit | undefined {
  const nowMs = Date.now();
  return [...visits]
    .filter(({ busy, nextAtMs }) => !busy && nextAtMs <= nowMs)
    .sort((a, b) => a.nextAtMs - b.nextAtMs)[0];
}

async function beginVisit(casino: Casino, visits: Set<Visit>): Promise<Visit | undefined> {
  const idle = casino.players.filter(({ playing }) => !playing);
  if (idle.length === 0) return undefined;
  const player = casino.chance.pick(idle);
  player.playing = true;
  try {
    const visit = await openVisit(casino, player);
    if (visit === undefined) player.playing = false;
    else visits.add(visit);
    return visit;
  } catch (error) {
    player.playing = false;
    throw error;
  }
}

async function openVisit(casino: Casino, player: SimulatedPlayer): Promise<Visit | undefined> {
  const { chance } = casino;
  const purse = await openPurse(casino, player);
  if (purse === undefined) return undefined;
  const playable = (await listGames(casino)).filter(({ limits }) => limits.has(purse.currency));
  if (playable.length === 0) return undefined;
  if (purse.available > 100n && chance.happens(chances.converts)) await convertSome(casino, purse);
  const betsLeft = 1 + Math.round(chance.exponential(betsOfVisit));
  return { purse, game: chance.pick(playable), betsLeft, nextAtMs: 0, busy: false };
}

/** False where the player has had enough. */
async function bet(casino: Casino, { purse, game }: Visit): Promise<boolean> {
  const { chance } = casino;
  const limits = game.limits.get(purse.currency);
  if (limits === undefined) return false;
  const stake = chooseStake(chance, purse, limits);
  if (purse.available < stake) {
    if (!chance.happens(chances.depositsWhenBroke) || !(await deposit(casino, purse, stake))) return false;
  }
  const speaks = casino.dialectGames.get(game.gameId);
  if (speaks !== undefined) await betByDialect(casino, speaks, purse, stake, limits.max);
  else if (game.builtIn) await betBuiltIn(casino, purse, game.gameId, stake);
  else await betLive(casino, purse, game.gameId, stake);
  return true;
}

async function listGames({ api, operatorKey }: Casino): Promise<PlayGame[]> {
  const answer = await api.send({ method: "GET", path: "/v1/games", token: operatorKey });
  if (answer === undefined || answer.status !== 200) return [];
  return gamesAnswer.parse(answer.body).games.flatMap(({ gameId, open, builtIn, limits }) => {
    if (!open) return [];
    const read = Object.entries(limits).flatMap(([currency, { minBet, maxBet }]) => {
      if (!isCurrency(currency)) return [];
      const [min, max] = [parseAmount(minBet, currency), parseAmount(maxBet, currency)];
      return min.ok && max.ok ? [[currency, { min: min.value, max: max.value }] as const] : [];
    });
    return [{ gameId, builtIn, limits: new Map(read) }];
  });
}
