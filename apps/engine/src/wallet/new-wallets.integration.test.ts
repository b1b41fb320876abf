/** Wallets that a batch makes have no number until it is written; every decision of the batch must mean the same one. */
import { randomUUID } from "node:crypto";
import { createTestDatabase } from "@pitboss/db/embedded/test-database";
import { insertGame, insertProvider } from "@pitboss/db/catalog/open-casino";
import { createDatabase, createPool, type Database } from "@pitboss/db/kernel/pool";
import { openSession, type Session } from "@pitboss/db/kernel/session";
import type { Envelope } from "@pitboss/db/wallet/door/envelope";
import type { Command } from "@pitboss/domain/gaming/decide";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { answerText } from "../gaming/present.ts";
import { nameRound } from "../gaming/read-command.ts";
import { requestKey } from "../gaming/request-key.ts";
import { findLedgerFaults } from "../testing/check-ledger.ts";
import { runBatch } from "./run-batch.ts";

let db: Database;
let session: Session;
let close: () => Promise<void>;
let gameId: number;
let providerId: number;

beforeAll(async () => {
  const database = await createTestDatabase();
  db = createDatabase(createPool({ url: database.url, applicationName: "test", max: 1, onError: () => undefined }));
  session = await openSession({ url: database.url, applicationName: "test" });
  providerId = await insertProvider(db, "live", "Live");
  gameId = await insertGame(db, { providerId, code: "live_one", name: "One", category: "live", limits: {} });
  await db.execute(sql`INSERT INTO players (id, country, nickname) SELECT n, 'MT', 'ada' FROM generate_series(1, 3) n`);
  close = async () => {
    await session.close();
    await db.$client.end();
    await database.drop();
  };
});
afterAll(() => close());

type Wish = Command extends infer C ? (C extends Command ? Omit<C, "requestKey" | "bodyHash"> : never) : never;

/** Runs the commands as one batch; the requests are named by their place in it. */
async function batch(name: string, ...wishes: readonly Wish[]): Promise<void> {
  const envelopes = wishes.map((wish, index): Envelope => {
    const round = nameRound(providerId, wish.playerId, "r1");
    return {
      command: { ...wish, requestKey: requestKey("test", `${name}-${index}`), bodyHash: 1n },
      requestId: `${name}-${index}`,
      traceId: randomUUID(),
      actor: null,
      round,
    };
  });
  const limits = new Map([["EUR" as const, { min: 1n, max: 1_000_000n }]]);
  const games = new Map([[gameId, { id: gameId, providerId, open: true, limits }]]);
  const context = { games: () => games, answerText, sideEvents: () => [], preferredStripe: 0 };
  for (const { outcome } of await runBatch(session, envelopes, context)) {
    if (outcome.kind !== "accepted") throw new Error(`not accepted: ${JSON.stringify(outcome)}`);
  }
}

const placeOf = (playerId: bigint, stake: bigint): Wish => ({
  type: "place",
  playerId,
  gameId,
  roundKey: nameRound(providerId, playerId, "r1").key,
  stake,
  currency: "EUR",
});
const winOf = (playerId: bigint, payouts: Readonly<Record<string, bigint>>): Wish => ({
  type: "settle",
  playerId,
  roundKey: nameRound(providerId, playerId, "r1").key,
  close: false,
  results: Object.entries(payouts).map(([request, payout]) => ({
    bet: { placeKey: requestKey("test", request) },
    outcome: "WIN",
    payout,
  })),
});
const base = (playerId: bigint) => ({ playerId, currency: "EUR" }) as const;

async function balances(playerId: number): Promise<unknown[]> {
  const { rows } = await db.execute(
    sql`SELECT kind, available::int, held::int FROM wallets WHERE player_id = ${playerId} ORDER BY kind`,
  );
  return rows;
}

test("a settlement of several bets may be the first money that the house ever moves", async () => {
  await batch("first", {
    type: "move",
    playerId: 1n,
    move: { ...base(1n), type: "DEPOSIT", amount: 1_000n, psp: "card" },
  });
  await batch("bets", placeOf(1n, 300n), placeOf(1n, 200n));
  await batch("wins", winOf(1n, { "bets-0": 600n, "bets-1": 100n }));
  expect(await balances(1)).toEqual([{ kind: 1, available: 1_200, held: 0 }]);
  expect(await findLedgerFaults(db)).toEqual([]);
});

test("deposit, bonus, a bet on both and its win in one batch", async () => {
  await batch(
    "all",
    { type: "move", playerId: 2n, move: { ...base(2n), type: "DEPOSIT", amount: 600n, psp: "card" } },
    {
      type: "move",
      playerId: 2n,
      move: { ...base(2n), type: "BONUS_GRANT", amount: 300n, grant: "g1", fundingPolicy: "PRO_RATA" },
    },
    placeOf(2n, 450n),
    winOf(2n, { "all-2": 900n }),
  );
  expect(await balances(2)).toEqual([
    { kind: 1, available: 900, held: 0 },
    { kind: 2, available: 450, held: 0 },
  ]);
  expect(await findLedgerFaults(db)).toEqual([]);
});

test("a bonus that is granted and bet in one batch gets its winnings in a later one", async () => {
  await batch(
    "early",
    {
      type: "move",
      playerId: 3n,
      move: { ...base(3n), type: "BONUS_GRANT", amount: 300n, grant: "g1", fundingPolicy: "BONUS_FIRST" },
    },
    placeOf(3n, 100n),
  );
  await batch("later", winOf(3n, { "early-1": 250n }));
  expect(await balances(3)).toEqual([{ kind: 2, available: 450, held: 0 }]);
  expect(await findLedgerFaults(db)).toEqual([]);
});
