/** A small casino on a database of its own, for tests: a provider, games, players, and lanes to move money through. */
import { randomUUID } from "node:crypto";
import { insertGame, insertProvider } from "@pitboss/db/catalog/open-casino";
import { createTestDatabase, type TestDatabase } from "@pitboss/db/embedded/test-database";
import { insertPlayer } from "@pitboss/db/identity/player-access";
import { createDatabase, createPool, type Database } from "@pitboss/db/kernel/pool";
import type { Envelope } from "@pitboss/db/wallet/door/envelope";
import type { Accepted, JackpotAmount } from "@pitboss/domain/wallet/book";
import type { Currency } from "@pitboss/domain/wallet/currency";
import type { MoneyMove } from "@pitboss/domain/wallet/move-money";
import type { BetCommand, BetResult, UndoAction } from "@pitboss/domain/gaming/commands";
import { loadGameCatalog } from "../catalog/game-catalog.ts";
import { answerText } from "../gaming/present.ts";
import { nameRound } from "../gaming/read-command.ts";
import { hash64, requestKey } from "../gaming/request-key.ts";
import { sideEvents } from "../gaming/side-events.ts";
import { createLog } from "../kernel/log.ts";
import { createLanes, type Lanes } from "../wallet/lanes.ts";
import type { LaneAnswer } from "../wallet/lane.ts";

export const quiet = createLog("silent");

export interface TestHouse {
  readonly url: string;
  readonly db: Database;
  readonly providerId: number;
  readonly gameIds: readonly number[];
  /** Lanes as another engine would have them; they end with the house. */
  openLanes(count?: number): Lanes;
  /** In Malta, unless another country is given. */
  addPlayer(country?: string, brand?: string): Promise<bigint>;
  close(): Promise<void>;
}

const limits = { EUR: { min: "0.10", max: "1000.00" }, USD: { min: "0.10", max: "1000.00" } };

/** On a database made for it, unless one that is migrated and empty is given. */
export async function openTestHouse(given?: Pick<TestDatabase, "url" | "drop">): Promise<TestHouse> {
  const database = given ?? (await createTestDatabase());
  const { url } = database;
  const pool = createPool({ url, applicationName: "test-house", max: 6, onError: () => undefined });
  const db = createDatabase(pool);
  const providerId = await insertProvider(db, "testers", "Testers");
  const gameIds: number[] = [];
  for (const code of ["wheel", "cards"]) {
    gameIds.push(await insertGame(db, { providerId, code, name: code, category: "table", limits }));
  }
  const catalog = await loadGameCatalog(db, quiet);
  const opened: Lanes[] = [];
  return {
    url,
    db,
    providerId,
    gameIds,
    openLanes(count = 1) {
      const lanes = createLanes({
        databaseUrl: url,
        count,
        maxBatch: 64,
        maxQueue: 100_000,
        engineId: `test-${opened.length}`,
        batch: { games: catalog.rules, answerText, sideEvents },
        log: quiet,
        observe: () => undefined,
      });
      opened.push(lanes);
      return lanes;
    },
    addPlayer: (country = "MT", brand = "main") => insertPlayer(db, { nickname: "tester", country, brand }),
    async close() {
      catalog.stop();
      await Promise.all(opened.map((lanes) => lanes.stop()));
      await pool.end();
      await database.drop();
    },
  };
}

interface Common {
  readonly requestId: string;
  readonly traceId: string;
  readonly actor: string | null;
}

function common(requestId: string = randomUUID()): Common {
  return { requestId, traceId: randomUUID().replaceAll("-", ""), actor: null };
}

function keysOf({ requestId }: Common, command: string) {
  return { requestKey: requestKey("test", requestId), bodyHash: hash64(command + requestId) };
}

export interface PlaceRequest {
  readonly playerId: bigint;
  readonly round: string;
  readonly stake: bigint;
  readonly currency?: Currency;
  readonly game?: number;
  readonly requestId?: string;
  readonly jackpot?: JackpotAmount;
}

export function placeEnvelope(house: TestHouse, request: PlaceRequest): Envelope {
  const base = common(request.requestId);
  const round = nameRound(house.providerId, request.playerId, request.round);
  return {
    ...base,
    round,
    selection: '[{"market":"straight","value":"17"}]',
    command: {
      ...keysOf(base, "place"),
      type: "place",
      playerId: request.playerId,
      gameId: house.gameIds[request.game ?? 0] ?? 0,
      roundKey: round.key,
      stake: request.stake,
      currency: request.currency ?? "EUR",
      ...(request.jackpot === undefined ? {} : { jackpot: request.jackpot }),
    },
  };
}

export interface WinRequest {
  readonly playerId: bigint;
  readonly round: string;
  readonly amount: bigint;
  readonly currency?: Currency;
  readonly jackpot?: JackpotAmount;
}

/** A provider's win, on the round's bets or from the house. */
export function winEnvelope(house: TestHouse, request: WinRequest): Envelope {
  const { playerId, amount, currency = "EUR", jackpot } = request;
  const base = common();
  const { providerId, gameIds } = house;
  const round = nameRound(providerId, playerId, request.round);
  const rules = { close: false, source: "WIN", withoutBet: "HOUSE", again: "PAY" } as const;
  const win = { providerId, gameId: gameIds[0] ?? 0, roundKey: round.key, bet: null, amount, currency, ...rules };
  return {
    ...base,
    round,
    command: { ...keysOf(base, "win"), type: "win", playerId, ...win, ...(jackpot === undefined ? {} : { jackpot }) },
  };
}

/** A provider takes back what an earlier request of its own did. */
export function takeBackEnvelope(
  { providerId }: TestHouse,
  original: Envelope,
  takes: UndoAction["takes"] = "ACTION",
): Envelope {
  const base = common();
  const { playerId, requestKey: key } = original.command;
  const mark = requestKey("test-undone", key);
  const undo = { playerId, providerId, original: key, mark, takes, settled: "RECEIVABLE" } as const;
  return { ...base, command: { ...keysOf(base, "undo"), type: "undo", ...undo } };
}

export interface SettleRequest {
  readonly playerId: bigint;
  readonly round: string;
  readonly results: readonly BetResult[];
  readonly close?: boolean;
}

export function settleEnvelope(house: TestHouse, request: SettleRequest): Envelope {
  const base = common();
  const round = nameRound(house.providerId, request.playerId, request.round);
  const { playerId, results, close = true } = request;
  return {
    ...base,
    round,
    command: { ...keysOf(base, "settle"), type: "settle", playerId, roundKey: round.key, results, close },
  };
}

type UndoCommand = Extract<BetCommand, { type: "void" | "rollback" | "correct" }>;
type WithoutKeys<C> = C extends unknown ? Omit<C, "requestKey" | "bodyHash"> : never;

export function undoEnvelope(command: WithoutKeys<UndoCommand>): Envelope {
  const base = common();
  return { ...base, command: { ...keysOf(base, command.type), ...command } };
}

export function moveEnvelope(move: MoneyMove, requestId?: string): Envelope {
  const base = common(requestId);
  return { ...base, command: { ...keysOf(base, "move"), type: "move", playerId: move.playerId, move } };
}

export function depositEnvelope(playerId: bigint, amount: bigint, currency: Currency = "EUR"): Envelope {
  return moveEnvelope({ type: "DEPOSIT", playerId, currency, amount, psp: "test-card" });
}

/** What was decided; anything but an acceptance is a failure of the test. */
export function acceptedOf(answer: LaneAnswer): Accepted {
  if (answer.kind === "ran" && answer.ran.outcome.kind === "accepted") return answer.ran.outcome.decision;
  const shown = JSON.stringify(answer, (_key, value: unknown) => (typeof value === "bigint" ? `${value}` : value));
  throw new Error(`the command was not accepted: ${shown}`);
}

/** Places a bet and answers its id. */
export async function placeBet(lanes: Lanes, house: TestHouse, request: PlaceRequest): Promise<bigint> {
  const { placed } = acceptedOf(await lanes.submit(placeEnvelope(house, request)));
  if (placed === undefined) throw new Error("a bet that is accepted is placed");
  return placed.bet.id;
}

/** Waits until the condition holds; the test's own time limit ends it otherwise. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 10));
}
