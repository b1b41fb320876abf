/**
 * Four weeks of the demo casino before it opens, so that reports have something to show: bets of its players, placed and
 * settled through the ledger's door hour by hour, with the ledger's clock set to that hour. The same seed makes the same
 * history. Part of the demo, and refused in production like all of it.
 */
import { randomUUID } from "node:crypto";
import { setDemoClock } from "@pitboss/db/catalog/demo-clock";
import type { Database } from "@pitboss/db/kernel/pool";
import type { Session } from "@pitboss/db/kernel/session";
import type { Envelope } from "@pitboss/db/wallet/door/envelope";
import type { Command } from "@pitboss/domain/gaming/decide";
import type { Currency } from "@pitboss/domain/wallet/currency";
import type { MoneyMove } from "@pitboss/domain/wallet/move-money";
import { loadGameCatalog, type Game } from "../catalog/game-catalog.ts";
import { answerText } from "../gaming/present.ts";
import { nameRound } from "../gaming/read-command.ts";
import { hash64, requestKey } from "../gaming/request-key.ts";
import { sideEvents } from "../gaming/side-events.ts";
import { createLog } from "../kernel/log.ts";
import { createRandom, type Random } from "../simulation/random.ts";
import { runBatch } from "../wallet/run-batch.ts";

const scope = "demo";
const historyDays = 28;
/** Parts of a day that are played; each is a batch of bets and one of their results. */
const hoursPlayed = [1, 9, 13, 17, 19, 21, 23];
const betsAnHour = { fewest: 6, most: 26 };
/** Days before today on which a round was begun whose end nobody told. */
const forgottenDaysAgo = [20, 2];
const hourMs = 3_600_000;

/** Chance of a win and what it pays of the stake, in hundredths, by category; the rest goes to the house. */
const manners: Readonly<Record<string, { readonly chance: number; readonly pays: number }>> = {
  slots: { chance: 0.24, pays: 395 },
  live: { chance: 0.485, pays: 200 },
};
const plainManner = { chance: 0.32, pays: 300 };

export interface HistoryParts {
  readonly db: Database;
  readonly session: Session;
  readonly players: readonly bigint[];
  /** When the past ends, ms since 1970. */
  readonly untilMs: number;
}

interface Play {
  readonly playerId: bigint;
  readonly game: Game;
  readonly round: string;
  readonly stake: bigint;
  readonly payout: bigint;
}

/** The first hour of the history, in which the players' deposits belong. */
export function historyStart(untilMs: number): Date {
  const midnight = Math.floor(untilMs / (24 * hourMs)) * 24 * hourMs;
  return new Date(midnight - historyDays * 24 * hourMs);
}

export async function playHistory({ db, session, players, untilMs }: HistoryParts): Promise<void> {
  const catalog = await loadGameCatalog(db, createLog("silent"));
  catalog.stop();
  const games = [...catalog.all()].filter(({ limits }) => limits.has("EUR"));
  const context = { games: catalog.rules, answerText, sideEvents, preferredStripe: 0 };
  const random = createRandom(28);
  const send = (envelopes: readonly Envelope<Command>[]) => runBatch(session, envelopes, context);
  const start = historyStart(untilMs).getTime();
  for (let day = 0; day < historyDays; day += 1) {
    const midnight = start + day * 24 * hourMs;
    for (const hour of hoursPlayed) {
      const at = midnight + hour * hourMs;
      if (at + 60_000 >= untilMs) return;
      const plays = pickPlays(random, games, players, `${day}-${hour}`);
      await setDemoClock(session, new Date(at));
      await send(plays.map(placeEnvelope));
      await setDemoClock(session, new Date(at + 60_000));
      await send(plays.map(settleEnvelope));
    }
    const forgotten = forgottenPlays(games, players, historyDays - day);
    await send(forgotten.map(placeEnvelope));
    await setDemoClock(session, new Date(midnight + 23.5 * hourMs));
    await send(pickMoves(random, players).map((move, index) => moveEnvelope(move, `${day}-${index}`)));
  }
}

function pickPlays(random: Random, games: readonly Game[], players: readonly bigint[], name: string): Play[] {
  const count = random.int(betsAnHour.fewest, betsAnHour.most);
  return Array.from({ length: count }, (_, index) => {
    const game = random.pick(games);
    const { chance, pays } = manners[game.category] ?? plainManner;
    const stake = BigInt(random.pick([50, 100, 200, 200, 500, 500, 1_000, 2_000]));
    const won = random.chance(chance);
    // Few play every day, some come now and then: the first of them most often.
    const place = Math.floor(random.int(0, players.length - 1) * (random.int(30, 100) / 100));
    return {
      playerId: players[place] ?? 1n,
      game,
      round: `history-${name}-${index}`,
      stake,
      payout: won ? (stake * BigInt(pays)) / 100n : 0n,
    };
  });
}

/** Rounds that their provider never told the end of, one too old to wait for and one that is only late: an inbox has something in it. */
function forgottenPlays(games: readonly Game[], players: readonly bigint[], daysAgo: number): Play[] {
  const game = games.find(({ category }) => category === "live");
  if (game === undefined || !forgottenDaysAgo.includes(daysAgo)) return [];
  const playerId = players[forgottenDaysAgo.indexOf(daysAgo) + 3] ?? 1n;
  return [{ playerId, game, round: `history-forgotten-${daysAgo}`, stake: 700n, payout: 0n }];
}

/** What else happens in a day: more deposits, payouts, a part of the stakes into the jackpot, now and then a chargeback. */
function pickMoves(random: Random, players: readonly bigint[]): MoneyMove[] {
  const currency: Currency = "EUR";
  const moves: MoneyMove[] = [];
  for (let count = random.int(2, 6); count > 0; count -= 1) {
    const amount = BigInt(random.int(2, 30)) * 1_000n;
    moves.push({ type: "DEPOSIT", playerId: random.pick(players), currency, amount, psp: "demo-card" });
  }
  const leaves = { playerId: random.pick(players), currency, amount: BigInt(random.int(2, 15)) * 1_000n };
  moves.push({ type: "WITHDRAW_HOLD", ...leaves }, { type: "WITHDRAW_SETTLE", ...leaves, psp: "demo-bank" });
  const common = { playerId: random.pick(players), currency };
  moves.push({ type: "JACKPOT_CONTRIBUTION", ...common, amount: BigInt(random.int(100, 900)), jackpot: "demo" });
  if (random.chance(0.1)) moves.push({ type: "CHARGEBACK", ...common, amount: 5_000n, psp: "demo-card" });
  return moves;
}

function common(requestId: string) {
  return { requestId, traceId: randomUUID().replaceAll("-", ""), actor: "job:demo-seed" };
}

function placeEnvelope({ playerId, game, round: name, stake }: Play): Envelope<Command> {
  const round = nameRound(game.providerId, playerId, name);
  const requestId = `${name}:place`;
  return {
    ...common(requestId),
    round,
    selection: "[]",
    command: {
      type: "place",
      playerId,
      requestKey: requestKey(scope, requestId),
      bodyHash: hash64(requestId),
      gameId: game.id,
      roundKey: round.key,
      stake,
      currency: "EUR",
    },
  };
}

function settleEnvelope({ playerId, game, round: name, payout }: Play): Envelope<Command> {
  const round = nameRound(game.providerId, playerId, name);
  const requestId = `${name}:settle`;
  const bet = { placeKey: requestKey(scope, `${name}:place`) };
  return {
    ...common(requestId),
    round,
    command: {
      type: "settle",
      playerId,
      requestKey: requestKey(scope, requestId),
      bodyHash: hash64(requestId),
      roundKey: round.key,
      results: [{ bet, outcome: payout > 0n ? "WIN" : "LOSE", payout }],
      close: true,
    },
  };
}

function moveEnvelope(move: MoneyMove, name: string): Envelope<Command> {
  const requestId = `history-move-${name}`;
  return {
    ...common(requestId),
    command: {
      type: "move",
      playerId: move.playerId,
      requestKey: requestKey(scope, requestId),
      bodyHash: hash64(requestId),
      move,
    },
  };
}
