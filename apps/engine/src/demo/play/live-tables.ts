/** The rounds of the live tables: bets join the one that is open, and each is settled when its outcome is known. */
import { randomBytes, randomUUID } from "node:crypto";
import { formatMinor } from "@pitboss/domain/wallet/money";
import { z } from "zod";
import type { ApiAnswer } from "@pitboss/wires/traffic/api-client";
import type { Chance } from "@pitboss/wires/traffic/chance";
import type { LiveBet, LiveGame, LiveResult } from "./live-odds.ts";
import type { OwedCall, OwedCalls } from "./owed-calls.ts";
import { noteBalance, type Purse } from "./players.ts";

export interface PlacedBet extends LiveBet {
  readonly betId: string;
  readonly purse: Purse;
}

export interface Round {
  readonly roundId: string;
  readonly gameId: string;
  readonly game: LiveGame;
  readonly bets: PlacedBet[];
  readonly closesAtMs: number;
  /** The second that its name says, ms since 1970. */
  readonly namedAtMs: number;
}

export interface LiveTables {
  /** The round of this game that takes bets now; a slot gives each spin its own. */
  join(gameId: string, game: LiveGame): Round;
  /** Counts a placed bet in. Where its round ended while it was on its way, it is given back. */
  add(round: Round, bet: PlacedBet): void;
  openRounds(): number;
  /** Settles everything that is open now, as if all games had ended. */
  stop(): void;
}

/** How often a table's evening does not go by the book. */
const odd = { voided: 0.007, late: 0.015, secondSettlement: 0.3, repeated: 0.02, corrected: 0.003 };
const lateMs = [60_000, 300_000] as const;
const tablesOfGame = 3;
const settledAnswer = z.object({ balances: z.record(z.string(), z.string()) });

export interface LiveTablesContext {
  readonly chance: Chance;
  readonly owed: OwedCalls;
  /** Divides every waiting time, so that a test need not wait for a croupier. */
  readonly speed: number;
}

export function createLiveTables({ chance, owed, speed }: LiveTablesContext): LiveTables {
  const open = new Map<Round, NodeJS.Timeout>();
  const current = new Map<string, Round>();
  let stopped = false;

  function join(gameId: string, game: LiveGame): Round {
    const alone = game.bettingMs[1] === 0;
    const table = alone
      ? randomBytes(4).toString("hex").toUpperCase()
      : nameTable(gameId, chance.between(1, tablesOfGame));
    const joined = current.get(table);
    if (joined !== undefined && joined.closesAtMs > Date.now()) return joined;
    const bettingMs = chance.between(...game.bettingMs) / speed;
    // Two rounds of a table never bear the same second.
    const namedAtMs = Math.max(Date.now(), (joined?.namedAtMs ?? 0) + 1_000);
    const round: Round = {
      roundId: nameRound(namedAtMs, table),
      namedAtMs,
      gameId,
      game,
      bets: [],
      closesAtMs: Date.now() + bettingMs,
    };
    const playingMs = chance.between(...(chance.happens(odd.late) ? lateMs : game.playingMs)) / speed;
    open.set(
      round,
      setTimeout(() => resolve(round, false), bettingMs + playingMs),
    );
    if (!alone) current.set(table, round);
    return round;
  }

  function resolve(round: Round, atOnce: boolean): void {
    clearTimeout(open.get(round));
    open.delete(round);
    if (!atOnce && chance.happens(odd.voided)) {
      for (const bet of round.bets) owed.owe(voidCall(bet), 0);
      return;
    }
    const resultOf = round.game.draw(chance);
    for (const bets of groupByPlayer(round.bets)) {
      const results = bets.map((bet) => ({ bet, result: resultOf(bet) }));
      const [last, ...others] = results.toReversed();
      // Now and then one of several results comes only after the round was closed: a late credit.
      if (last !== undefined && others.length > 0 && !atOnce && chance.happens(odd.secondSettlement)) {
        settle(round, others, 0);
        settle(round, [last], chance.between(2_000, 20_000) / speed);
      } else settle(round, results, 0);
    }
  }

  function settle(round: Round, results: readonly { bet: PlacedBet; result: LiveResult }[], delayMs: number): void {
    const call = settleCall(round, results);
    owed.owe(call, delayMs, (answer) => {
      noteBalances(
        results.map(({ bet }) => bet),
        answer,
      );
      for (const { bet, result } of results) {
        if (answer.status !== 200 || result.outcome !== "LOSE" || stopped || !chance.happens(odd.corrected)) continue;
        owed.owe(correctCall(bet), chance.between(5_000, 20_000) / speed);
      }
    });
    // The network repeats a call that was answered; the engine gives the same answer again.
    if (chance.happens(odd.repeated)) owed.owe({ ...call }, delayMs);
  }

  return {
    join,
    add(round, bet) {
      if (open.has(round)) round.bets.push(bet);
      else owed.owe(voidCall(bet), 0);
    },
    openRounds: () => open.size,
    stop() {
      stopped = true;
      for (const round of [...open.keys()]) resolve(round, true);
    },
  };
}

/** As in `Roulette2`: a game's tables are its own. */
function nameTable(gameId: string, number: number): string {
  const kind = gameId.split("_").at(-1) ?? gameId;
  return `${kind.charAt(0).toUpperCase()}${kind.slice(1)}${number}`;
}

/** As live studios name their rounds: for people, to the second. Nobody may read anything into it. */
function nameRound(timeMs: number, table: string): string {
  const [day = "", time = ""] = new Date(timeMs).toISOString().split("T");
  return `R-${day}-${time.slice(0, 8)}-PRAGM-${table}`;
}

function groupByPlayer(bets: readonly PlacedBet[]): PlacedBet[][] {
  return [...Map.groupBy(bets, ({ purse }) => purse.player.playerId).values()];
}

function settleCall(round: Round, results: readonly { bet: PlacedBet; result: LiveResult }[]): OwedCall {
  return {
    path: "/v1/rounds/settle",
    body: {
      requestId: randomUUID(),
      playerId: results[0]?.bet.purse.player.playerId ?? "",
      roundId: round.roundId,
      gameId: round.gameId,
      bets: results.map(({ bet, result: { outcome, payout } }) => ({
        betId: bet.betId,
        outcome,
        ...(outcome === "WIN" ? { payout: { amount: formatMinor(payout, bet.currency), currency: bet.currency } } : {}),
      })),
      closed: true,
    },
  };
}

function voidCall({ betId, purse }: PlacedBet): OwedCall {
  const reason = "The round was cancelled: the cards were exposed.";
  return {
    path: "/v1/bets/void",
    body: { requestId: randomUUID(), playerId: purse.player.playerId, betId, reason },
  };
}

function correctCall({ betId, purse }: PlacedBet): OwedCall {
  const reason = "The croupier called the round wrongly; stakes are given back.";
  return {
    path: "/v1/bets/correct",
    body: { requestId: randomUUID(), playerId: purse.player.playerId, betId, outcome: "PUSH", reason },
  };
}

function noteBalances(bets: readonly PlacedBet[], answer: ApiAnswer): void {
  const parsed = settledAnswer.safeParse(answer.body);
  if (!parsed.success) return;
  for (const { purse } of bets) {
    const balance = parsed.data.balances[purse.currency];
    if (balance !== undefined) noteBalance(purse, balance);
  }
}
