/** A casino of two providers and a few funded players, for tests and the simulation to play in. */
import { randomUUID } from "node:crypto";
import { insertGame, insertMachineKey, insertProvider } from "@pitboss/db/catalog/open-casino";
import { insertPlayer, insertPlayerToken } from "@pitboss/db/identity/player-access";
import { createDatabase, createPool, type Database } from "@pitboss/db/kernel/pool";
import { openSession, type Session } from "@pitboss/db/kernel/session";
import type { Envelope } from "@pitboss/db/wallet/door/envelope";
import { formatId } from "@pitboss/domain/kernel/public-id";
import type { MoneyMove } from "@pitboss/domain/wallet/move-money";
import { type MachineScope, machineScopes } from "../edge/guard.ts";
import { answerText } from "../gaming/present.ts";
import { hash64, requestKey } from "../gaming/request-key.ts";
import { newToken } from "../identity/access-routes.ts";
import { hashToken } from "../identity/authenticate.ts";
import { runBatch } from "../wallet/run-batch.ts";

export interface SmallCasino {
  readonly players: readonly CasinoPlayer[];
  /** Machine keys: the operator's may do everything, the providers' touch their own games and bets alone. */
  readonly operatorKey: string;
  readonly providerKeys: readonly [first: string, second: string];
  /** One game of each provider, played in EUR (stakes 0.10 to 5000.00) and JPY (10 to 500000). */
  readonly games: readonly [first: string, second: string];
}

export interface CasinoPlayer {
  readonly id: bigint;
  /** As the API names it. */
  readonly publicId: string;
  readonly token: string;
}

export interface CasinoPlan {
  readonly players: number;
  /** Minor units of EUR that each player begins with. */
  readonly cash: bigint;
  /** Minor units of EUR in a bonus that each second player begins with, under changing funding policies. */
  readonly bonus?: bigint;
}

const dayMs = 24 * 3_600_000;
const limits = { EUR: { min: "0.10", max: "5000.00" }, JPY: { min: "10", max: "500000" } };

export async function openSmallCasino(databaseUrl: string, plan: CasinoPlan): Promise<SmallCasino> {
  const pool = createPool({ url: databaseUrl, applicationName: "small-casino", max: 2, onError: () => undefined });
  const db = createDatabase(pool);
  const session = await openSession({ url: databaseUrl, applicationName: "small-casino-door" });
  try {
    const first = await insertProvider(db, "first", "First Provider");
    const second = await insertProvider(db, "second", "Second Provider");
    const game = (providerId: number, code: string) =>
      insertGame(db, { providerId, code, name: code, category: "live", limits });
    await game(first, "first_roulette");
    await game(second, "second_blackjack");
    const players: CasinoPlayer[] = [];
    for (let index = 0; index < plan.players; index += 1) players.push(await addPlayer(db, `player ${index}`));
    await fund(session, players, plan);
    return {
      players,
      operatorKey: await addMachineKey(db, "operator"),
      providerKeys: [
        await addMachineKey(db, "first", machineScopes, first),
        await addMachineKey(db, "second", machineScopes, second),
      ],
      games: ["first_roulette", "second_blackjack"],
    };
  } finally {
    await session.close();
    await pool.end();
  }
}

async function addPlayer(db: Database, nickname: string): Promise<CasinoPlayer> {
  const id = await insertPlayer(db, { nickname, country: "MT" });
  return { id, publicId: formatId("player", id), token: await addPlayerToken(db, id, new Date(Date.now() + dayMs)) };
}

export async function addPlayerToken(db: Database, playerId: bigint, expiresAt: Date): Promise<string> {
  const token = newToken("pt");
  await insertPlayerToken(db, playerId, hashToken(token), expiresAt);
  return token;
}

export async function addMachineKey(
  db: Database,
  name: string,
  scopes: readonly MachineScope[] = machineScopes,
  providerId: number | null = null,
  expiresAt: Date | null = null,
): Promise<string> {
  const key = newToken("mk");
  await insertMachineKey(db, name, hashToken(key), scopes, expiresAt, providerId);
  return key;
}

async function fund(session: Session, players: readonly CasinoPlayer[], plan: CasinoPlan): Promise<void> {
  const moves = players.flatMap(({ id: playerId }, index): MoneyMove[] => {
    const deposit: MoneyMove = { type: "DEPOSIT", playerId, currency: "EUR", amount: plan.cash, psp: "card" };
    if (plan.bonus === undefined || index % 2 === 0) return [deposit];
    const fundingPolicy = (["CASH_FIRST", "BONUS_FIRST", "PRO_RATA"] as const)[index % 3] ?? "CASH_FIRST";
    const grant = `welcome-${index}`;
    return [deposit, { type: "BONUS_GRANT", playerId, currency: "EUR", amount: plan.bonus, grant, fundingPolicy }];
  });
  await moveMoney(session, moves);
}

/** Movements that have no route of their own yet go through the door as the cashier's will. */
async function moveMoney(session: Session, moves: readonly MoneyMove[]): Promise<void> {
  const context = { games: () => new Map(), answerText, sideEvents: () => [], preferredStripe: 0 };
  for (let from = 0; from < moves.length; from += 500) {
    const batch = moves.slice(from, from + 500).map(moveEnvelope);
    const ran = await runBatch(session, batch, context);
    const refused = ran.find(({ outcome }) => outcome.kind !== "accepted");
    if (refused !== undefined) throw new Error(`a movement was not taken: ${JSON.stringify(refused.outcome.kind)}`);
  }
}

function moveEnvelope(move: MoneyMove): Envelope {
  const requestId = `move:${randomUUID()}`;
  return {
    command: {
      type: "move",
      playerId: move.playerId,
      requestKey: requestKey("small-casino", requestId),
      bodyHash: hash64(requestId),
      move,
    },
    requestId,
    traceId: randomUUID(),
    actor: "job:small-casino",
  };
}
