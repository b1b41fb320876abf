/** A casino of one test: a database of its own, a running engine, and ways in from outside and through the door. */
import { randomBytes, randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { insertGame, insertMachineKey, insertProvider } from "@pitboss/db/catalog/open-casino";
import { createTestDatabase } from "@pitboss/db/embedded/test-database";
import { createDatabase, createPool, type Database } from "@pitboss/db/kernel/pool";
import { openSession, type Session } from "@pitboss/db/kernel/session";
import { builtInGames } from "@pitboss/domain/gaming/games/built-in-games";
import type { MoveCommand } from "@pitboss/domain/gaming/decide";
import { parseId } from "@pitboss/domain/kernel/public-id";
import { assert } from "@pitboss/domain/kernel/result";
import type { Currency } from "@pitboss/domain/wallet/currency";
import { parseAmount } from "@pitboss/domain/wallet/money";
import type { MoneyMove } from "@pitboss/domain/wallet/move-money";
import { readConfig } from "../config.ts";
import { machineScopes } from "../edge/guard.ts";
import { type Engine, startEngine } from "../engine.ts";
import { answerText } from "../gaming/present.ts";
import { requestKey } from "../gaming/request-key.ts";
import { hashToken } from "../identity/authenticate.ts";
import { runBatch } from "../wallet/run-batch.ts";
import { readApiContract } from "./api-contract.ts";

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

export interface TestPlayer {
  readonly playerId: string;
  /** The player's own token. */
  readonly token: string;
}

export interface Casino {
  readonly databaseUrl: string;
  readonly db: Database;
  /** The engine's folder of keys, mails and files. */
  readonly dataDir: string;
  readonly operatorKey: string;
  /** Confined to the provider of the live games. */
  readonly providerKey: string;
  url(): string;
  call(
    method: string,
    path: string,
    options?: { token?: string; body?: unknown; headers?: Record<string, string> },
  ): Promise<Answer>;
  /** A new player with these deposits, as in `{ EUR: "100.00" }`. */
  openPlayer(deposits?: Partial<Record<Currency, string>>): Promise<TestPlayer>;
  /** Moves in one batch through the ledger's door; throws where one is refused. */
  move(...moves: readonly MoneyMove[]): Promise<void>;
  /** Stops the engine and starts it with other settings, on the same database and port. */
  restart(env?: NodeJS.ProcessEnv): Promise<void>;
  stopEngine(): Promise<void>;
  close(): Promise<void>;
}

export const liveGame = "live_roulette";

export async function startCasino(env: NodeJS.ProcessEnv = {}): Promise<Casino> {
  const database = await createTestDatabase();
  const pool = createPool({ url: database.url, applicationName: "test", max: 3, onError: () => undefined });
  const db = createDatabase(pool);
  const keys = await openHouse(db);
  const dataDir = await mkdtemp(join(tmpdir(), "pitboss-casino-"));
  const start = async (port: string, more: NodeJS.ProcessEnv): Promise<Engine> => {
    const settings = { NODE_ENV: "test", LOG_LEVEL: "silent", REPORTS: "off", PITBOSS_DATA_DIR: dataDir, ...more };
    const started = await startEngine(readConfig({ ...settings, DATABASE_URL: database.url, ENGINE_PORT: port }));
    while ((await fetch(`${started.url}/readyz`)).status !== 200) await sleep(10);
    return started;
  };
  let engine = await start("0", env);
  let door: Session | undefined;
  const document = (await (await fetch(`${engine.url}/openapi.json`)).json()) as Record<string, unknown>;
  const contract = readApiContract(document);

  const call: Casino["call"] = async (method, path, { token, body, headers: more = {} } = {}) => {
    const response = await fetch(engine.url + path, {
      method,
      headers: {
        ...more,
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const { status, headers } = response;
    const answer = { status, headers, body: text === "" ? {} : (JSON.parse(text) as Record<string, unknown>) };
    // Every answer that any test gets is one that the contract names.
    const fault = contract.faultOf(method, path, status, answer.body);
    if (fault !== undefined) throw new Error(`an answer is not as documented: ${fault}`);
    return answer;
  };
  const move: Casino["move"] = async (...moves) => {
    door ??= await openSession({ url: database.url, applicationName: "test-door" });
    const envelopes = moves.map((one) => moveEnvelope(one));
    const context = { games: () => new Map(), answerText, sideEvents: () => [], preferredStripe: 0 };
    for (const { outcome } of await runBatch(door, envelopes, context)) {
      if (outcome.kind !== "accepted") throw new Error(`a movement was not accepted: ${JSON.stringify(outcome)}`);
    }
  };
  return {
    databaseUrl: database.url,
    db,
    dataDir,
    ...keys,
    url: () => engine.url,
    call,
    move,
    async openPlayer(deposits = {}) {
      const made = await call("POST", "/v1/players", {
        token: keys.operatorKey,
        body: { nickname: "ada", country: "MT" },
      });
      const playerId = String(made.body["playerId"]);
      const token = await call("POST", `/v1/players/${playerId}/tokens`, { token: keys.operatorKey });
      const moves = Object.entries(deposits).map(([currency, amount]) =>
        depositOf(playerId, amount, currency as Currency),
      );
      if (moves.length > 0) await move(...moves);
      return { playerId, token: String(token.body["token"]) };
    },
    async restart(more = {}) {
      const { port } = new URL(engine.url);
      await engine.stop();
      engine = await start(port, more);
    },
    stopEngine: () => engine.stop(),
    async close() {
      await engine.stop();
      await door?.close();
      await pool.end();
      await database.drop();
      await rm(dataDir, { recursive: true });
    },
  };
}

export function numberOf(playerId: string): bigint {
  const id = parseId("player", playerId);
  assert(id !== undefined, "a player's id is well formed");
  return id;
}

/** Minor units of an amount that a test spells out. */
export function minor(amount: string, currency: Currency): bigint {
  const parsed = parseAmount(amount, currency);
  assert(parsed.ok, "an amount in a test is well formed");
  return parsed.value;
}

function depositOf(playerId: string, amount: string, currency: Currency): MoneyMove {
  return {
    type: "DEPOSIT",
    playerId: numberOf(playerId),
    currency,
    amount: minor(amount, currency),
    psp: "test-card",
  };
}

function moveEnvelope(move: MoneyMove): {
  command: MoveCommand;
  requestId: string;
  traceId: string;
  actor: string;
} {
  const requestId = randomUUID();
  return {
    command: {
      type: "move",
      playerId: move.playerId,
      requestKey: requestKey("test", requestId),
      bodyHash: 1n,
      move,
    },
    requestId,
    traceId: randomUUID(),
    actor: "job:test",
  };
}

async function openHouse(db: Database): Promise<{ operatorKey: string; providerKey: string }> {
  const house = await insertProvider(db, "pitboss", "Pitboss originals");
  const live = await insertProvider(db, "pragm", "Pragm Live");
  const bounds = { min: "0.10", max: "1000.00" };
  const limits = { EUR: bounds, USD: bounds, JPY: { min: "10", max: "100000" } };
  for (const { id, name, category } of builtInGames) {
    await insertGame(db, { providerId: house, code: id, name, category, limits });
  }
  await insertGame(db, { providerId: live, code: liveGame, name: "Live Roulette", category: "live", limits });
  const [operatorKey, providerKey] = [newKey(), newKey()];
  await insertMachineKey(db, "operator", hashToken(operatorKey), machineScopes, null);
  await insertMachineKey(db, "provider", hashToken(providerKey), machineScopes, null, live);
  return { operatorKey, providerKey };
}

function newKey(): string {
  return `mk_${randomBytes(32).toString("base64url")}`;
}
