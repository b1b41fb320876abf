import { type SQL, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { searchAuditStatement } from "../audit/search-audit.ts";
import { createTestDatabase, type TestDatabase } from "../embedded/test-database.ts";
import { searchBetsStatement } from "../gaming/search-bets.ts";
import { createDatabase, createPool, type Database } from "../kernel/pool.ts";
import { searchTransactionsStatement } from "../wallet/search-transactions.ts";
import { listPlayersStatement } from "./player-directory.ts";

/**
 * The tables are empty here, so the planner would read them whole; with that forbidden, a plan that still reads one
 * whole has no index for its filter.
 */
let database: TestDatabase;
let db: Database;
beforeAll(async () => {
  database = await createTestDatabase();
  db = createDatabase(createPool({ url: database.url, applicationName: "test", max: 2, onError: () => undefined }));
});
afterAll(async () => {
  await db.$client.end();
  await database.drop();
});

async function wholeReads(statement: SQL): Promise<string[]> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`SET LOCAL enable_seqscan = off`);
    const { rows } = await tx.execute<{ "QUERY PLAN": string }>(sql`EXPLAIN ${statement}`);
    return rows
      .map((row) => row["QUERY PLAN"])
      .flatMap((line) => /Seq Scan on (\w+)/.exec(line)?.[1] ?? [])
      .filter((table) => !["games", "providers"].includes(table));
  });
}

const page = { limit: 51 };
const term = Buffer.alloc(16, 1);
const players = {
  newest: {},
  page: { before: 1_000n },
  locked: { status: "BLOCKED" as const },
  country: { country: "MT" },
  tag: { tag: "vip" },
  nickname: { nickname: "ad" },
  name: { terms: [term, term] },
  email: { emailIndex: Buffer.alloc(32, 1) },
  address: { ip: "203.0.113.7" },
  network: { ip: "203.0.113.0/24" },
  device: { deviceId: 7n },
};
const audit = {
  newest: {},
  actor: { actorKind: "staff" as const, actorId: "st_1" },
  subject: { subjectKind: "player", subjectId: "p_1" },
  action: { action: "player.lock", before: 10n },
};
const bets = {
  newest: {},
  filtered: { gameIds: [1, 2], status: "HELD" as const },
  time: { from: 1n << 40n, before: 1n << 50n },
  player: { playerId: 1n },
};

const transactions = { newest: {}, filtered: { types: ["DEPOSIT" as const] }, player: { playerId: 1n } };

const statements: Record<string, SQL> = {
  ...named("players", players, (filter) => listPlayersStatement({ ...filter, ...page })),
  ...named("audit", audit, (filter) => searchAuditStatement({ ...filter, ...page })),
  ...named("bets", bets, (filter) => searchBetsStatement({ ...filter, ...page }).statement),
  ...named("transactions", transactions, (filter) => searchTransactionsStatement({ ...filter, ...page }).statement),
};

function named<T>(list: string, filters: Record<string, T>, make: (filter: T) => SQL): Record<string, SQL> {
  return Object.fromEntries(Object.entries(filters).map(([name, filter]) => [`${list} by ${name}`, make(filter)]));
}

test.each(Object.keys(statements))("%s reads no table whole", async (name) => {
  const statement = statements[name];
  expect(statement && (await wholeReads(statement))).toEqual([]);
});
