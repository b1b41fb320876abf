/**
 * Traffic at a rate: rounds begin at random moments, each on the game of one of the sources, by a player who is not at
 * another. Every answer is looked at, and in the end the house's books are held against what its answers came to.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { Currency } from "@pitboss/domain/wallet/currency";
import { formatMinor } from "@pitboss/domain/wallet/money";
import type { ApiClient } from "@pitboss/wires/traffic/api-client";
import { playBuiltIn } from "@pitboss/wires/traffic/built-in-round";
import type { Chance } from "@pitboss/wires/traffic/chance";
import { chooseCalls } from "@pitboss/wires/traffic/choose-calls";
import { askBalance, type DialectGame, openSeat, playDialectRound } from "@pitboss/wires/traffic/dialect-round";
import type { TrafficContext } from "@pitboss/wires/traffic/traffic";
import { type House, openHouse, type PlayableGame, type SimulatedPlayer } from "./house.ts";
import type { Tally } from "./tally.ts";

export interface Simulation {
  readonly api: ApiClient;
  readonly chance: Chance;
  readonly tally: Tally;
  readonly operatorKey: string;
  readonly currency: Currency;
  /** Games that are played over their providers' wires. */
  readonly dialectGames: readonly DialectGame[];
  readonly builtIn: boolean;
  /** Rounds that begin in a second, on the average. */
  readonly rate: number;
  /** Until when rounds begin, ms since 1970; without it, until the signal. */
  readonly untilMs: number | undefined;
  readonly signal: AbortSignal;
  readonly now: () => number;
  readonly onProgress: () => void;
}

export interface SimulationEnd {
  readonly rounds: number;
  /** Rounds that did not begin, because so many were under way already: the house was slower than the rate. */
  readonly leftOut: number;
  readonly players: number;
  readonly purses: { readonly counted: number; readonly wrong: readonly WrongPurse[] };
}

export interface WrongPurse {
  readonly playerId: string;
  readonly expected: string;
  readonly got: string;
}

/** No more players than this are at the tables at a time. */
const mostPlayers = 500;
/** A player who lost this often goes home: what one person pays in without end is another matter, for other eyes. */
const mostDeposits = 4;
/** In smallest stakes. */
const pursesOf = 2_000n;
const stakesOf = [1n, 1n, 2n, 5n, 10n, 20n];
const progressEveryMs = 500;

interface Table {
  readonly game: PlayableGame;
  readonly speaks: DialectGame | undefined;
}

interface Hall {
  readonly simulation: Simulation;
  readonly house: House;
  readonly context: TrafficContext;
  readonly tables: readonly Table[];
  readonly idle: SimulatedPlayer[];
  readonly everyone: SimulatedPlayer[];
  /** Players whose last round was cut off or answered wrongly: what they have is not known. */
  readonly unsure: Set<SimulatedPlayer>;
  present: number;
  rounds: number;
  leftOut: number;
}

/** Undefined where none of the sources has an open game in this currency. */
export async function runSimulation(simulation: Simulation): Promise<SimulationEnd | undefined> {
  const { api, operatorKey, currency, chance, tally, signal, now } = simulation;
  const house = openHouse(api, operatorKey, currency, now);
  const tables = tablesOf(simulation, await house.games());
  if (tables.length === 0) return undefined;
  const pause = (ms: number): Promise<void> => sleep(ms, undefined, { signal }).catch(() => undefined);
  const context: TrafficContext = { api, chance, report: tally, operatorKey, pause };
  const counts = { present: 0, rounds: 0, leftOut: 0 };
  const hall: Hall = { simulation, house, context, tables, idle: [], everyone: [], unsure: new Set(), ...counts };
  await beginRounds(hall);
  const purses = await countPurses(hall);
  return { rounds: hall.rounds, leftOut: hall.leftOut, players: hall.everyone.length, purses };
}

function tablesOf({ dialectGames, builtIn }: Simulation, games: readonly PlayableGame[]): readonly Table[] {
  const byCode = new Map(dialectGames.map((one) => [one.game, one]));
  const tables = games.map((game) => ({ game, speaks: byCode.get(game.gameId) }));
  return tables.filter(({ game, speaks }) => speaks !== undefined || (builtIn && game.builtIn));
}

/** Each provider as often as all built-in games together. */
function chooseTable({ simulation: { chance }, tables }: Hall): Table {
  const own = tables.filter(({ speaks }) => speaks === undefined);
  const others = tables.filter(({ speaks }) => speaks !== undefined);
  return own.length > 0 && chance.happens(1 / (others.length + 1))
    ? chance.pick(own)
    : chance.pick(others.length > 0 ? others : own);
}

async function beginRounds(hall: Hall): Promise<void> {
  const { simulation, context } = hall;
  const { chance, rate, untilMs = Number.POSITIVE_INFINITY, signal, now, onProgress, api } = simulation;
  const underWay = new Set<Promise<void>>();
  const timer = setInterval(onProgress, progressEveryMs);
  const failures: unknown[] = [];
  for (let nextMs = now(); !signal.aborted && now() < untilMs && failures.length === 0; ) {
    const waitMs = Math.min(nextMs, untilMs) - now();
    if (waitMs > 0) await context.pause(waitMs);
    if (nextMs > now()) continue;
    nextMs += chance.exponential(1_000 / rate);
    if (!api.up()) {
      // What would have begun while the house is away does not begin all at once when it is back.
      nextMs = Math.max(nextMs, now());
      await context.pause(50);
      continue;
    }
    const round = beginRound(hall).catch((error: unknown) => void failures.push(error));
    underWay.add(round);
    void round.finally(() => underWay.delete(round));
  }
  await Promise.all(underWay);
  clearInterval(timer);
  if (failures.length > 0) throw failures[0];
}

async function beginRound(hall: Hall): Promise<void> {
  const { house, idle } = hall;
  const table = chooseTable(hall);
  const purse = table.game.min * pursesOf;
  const player = idle.shift() ?? (await openPlayer(hall, purse));
  if (player === undefined) {
    hall.leftOut += 1;
    return;
  }
  const stake = chooseStake(hall, table);
  if ((player.available ?? 0n) < stake && !(await house.deposit(player, purse))) hall.unsure.add(player);
  else await playAt(hall, table, player, stake);
  const goes = hall.unsure.has(player) || player.deposits >= mostDeposits;
  if (goes) hall.present -= 1;
  else idle.push(player);
}

async function openPlayer(hall: Hall, purse: bigint): Promise<SimulatedPlayer | undefined> {
  if (hall.present >= mostPlayers || hall.simulation.signal.aborted) return undefined;
  hall.present += 1;
  const player = await hall.house.openPlayer(purse);
  if (player === undefined) hall.present -= 1;
  else hall.everyone.push(player);
  return player;
}

function chooseStake({ simulation: { chance } }: Hall, { game: { min, max } }: Table): bigint {
  const stake = min * chance.pick(stakesOf);
  return stake > max ? max : stake;
}

async function playAt(hall: Hall, { game, speaks }: Table, player: SimulatedPlayer, stake: bigint): Promise<void> {
  hall.rounds += 1;
  const after =
    speaks === undefined ? await playOwn(hall, game, player, stake) : await playOver(hall, game, speaks, player, stake);
  player.available = after;
  if (after === undefined) hall.unsure.add(player);
}

/** The balance afterwards; undefined where it is not known. */
async function playOwn(
  { context, house, simulation }: Hall,
  { gameId }: PlayableGame,
  player: SimulatedPlayer,
  stake: bigint,
): Promise<bigint | undefined> {
  const token = await house.tokenOf(player);
  if (token === undefined) return undefined;
  const { playerId, available: told } = player;
  const result = await playBuiltIn(context, { gameId, playerId, currency: simulation.currency, token, stake, told });
  if (result === undefined) return undefined;
  if (result.status === 401) player.token = undefined;
  return result.refused === undefined ? result.balance : told;
}

async function playOver(
  { context, simulation: { currency, chance } }: Hall,
  { max }: PlayableGame,
  speaks: DialectGame,
  player: SimulatedPlayer,
  stake: bigint,
): Promise<bigint | undefined> {
  const { playerId, seats } = player;
  const seat = seats.get(speaks.game) ?? (await openSeat(context, speaks, playerId, currency));
  // A house that opens no session for anybody at that game has said so; the player sits down elsewhere next time.
  if (seat === undefined) return player.available;
  seats.set(speaks.game, seat);
  const available = await askBalance(context, seat);
  if (available === undefined) return undefined;
  if (player.available !== undefined && available !== player.available) {
    const said = (minor: bigint): string => `a balance of ${formatMinor(minor, currency)} ${currency}`;
    const [expected, got] = [said(player.available), said(available)];
    const nothing = { request: "", response: "", round: "" };
    context.report.wrong({ source: speaks.dialect, call: "balance", playerId, expected, got, ...nothing });
  }
  const calls = chooseCalls(chance, { available, stake, most: max });
  return playDialectRound(context, seat, calls, available, () => chance.between(100, 1_000));
}

/** Every purse is what the answers came to, and no bet that was begun still holds anything. */
async function countPurses({
  house,
  everyone,
  unsure,
  simulation: { currency },
}: Hall): Promise<SimulationEnd["purses"]> {
  const wrong: WrongPurse[] = [];
  let counted = 0;
  for (const player of everyone) {
    if (unsure.has(player) || player.available === undefined) continue;
    const books = await house.countPurse(player);
    if (books === undefined) continue;
    counted += 1;
    if (books.available === player.available && books.held === 0n) continue;
    const said = (available: bigint, held: bigint): string =>
      `${formatMinor(available, currency)} ${currency}, ${formatMinor(held, currency)} held`;
    const { playerId } = player;
    wrong.push({ playerId, expected: said(player.available, 0n), got: said(books.available, books.held) });
  }
  return { counted, wrong };
}
