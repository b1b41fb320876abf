/**
 * How the lists of players, bets, transactions and audit entries are read, over a house that is small and as uneven as a
 * large one. A statement that touches few rows here for the right reason does so with a hundred times as many.
 */
import type { SQL } from "drizzle-orm";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "@pitboss/db/embedded/test-database";
import { createDatabase, createPool, type Database } from "@pitboss/db/kernel/pool";
import { findRoundsByRefStatement } from "@pitboss/db/gaming/find-rounds-by-ref";
import {
  listLateResultsStatement,
  listTombstonesStatement,
  listWaitingRoundsStatement,
} from "@pitboss/db/gaming/list-round-troubles";
import { fillLargeHouse } from "./large-house.ts";
import { listQueries } from "./list-queries.ts";

const size = { players: 20_000, bets: 60_000, auditEntries: 60_000 };

let database: TestDatabase;
let db: Database;
beforeAll(async () => {
  database = await createTestDatabase();
  await fillLargeHouse(database.url, size, () => undefined);
  db = createDatabase(createPool({ url: database.url, applicationName: "test", max: 2, onError: () => undefined }));
});
afterAll(async () => {
  await db.$client.end();
  await database.drop();
});

interface Node {
  readonly "Node Type": string;
  readonly "Relation Name"?: string;
  readonly "Index Name"?: string;
  readonly "Actual Rows": number;
  readonly "Actual Loops": number;
  readonly "Rows Removed by Filter"?: number;
  readonly Plans?: readonly Node[];
}

async function planOf(statement: SQL): Promise<Node[]> {
  return db.transaction(async (tx) => {
    // So small a table is often read whole because that is quickest; here it is asked whether there is another way.
    await tx.execute(sql`SET LOCAL enable_seqscan = off`);
    const { rows } = await tx.execute<{ "QUERY PLAN": [{ Plan: Node }] }>(
      sql`EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) ${statement}`,
    );
    const flatten = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(flatten)];
    return rows.flatMap((row) => flatten(row["QUERY PLAN"][0].Plan));
  });
}

/** Rows that were taken from tables and indexes, those that a filter threw away included. */
function countRead(nodes: readonly Node[]): number {
  return nodes
    .filter((node) => node["Relation Name"] !== undefined)
    .reduce(
      (sum, node) => sum + (node["Actual Rows"] + (node["Rows Removed by Filter"] ?? 0)) * node["Actual Loops"],
      0,
    );
}

/** Small for ever, or without a row in it. */
function isWholeRead(node: Node): boolean {
  const small = ["games", "providers"].includes(node["Relation Name"] ?? "");
  return node["Node Type"].endsWith("Seq Scan") && !small && node["Actual Rows"] > 0;
}

/**
 * How many rows a page may take. Players: who came through a network that every twentieth visit comes through, and their
 * rows. Bets and transactions: the look-back of 10,000, each with what it is looked up in. Audit: the slack of a time.
 */
const mostRead = { players: 8_000, bets: 31_000, ledger: 21_000, audit: 21_000 };

const queries = listQueries(size);
test.each(Object.keys(mostRead) as (keyof typeof mostRead)[])(
  "%s: no filter and no pair of filters reads a table whole, or more rows than a page may take",
  async (list) => {
    const own = queries.filter((query) => query.list === list);
    expect(own.length).toBeGreaterThan(50);
    const wrong: string[] = [];
    for (const { name, draw } of own) {
      const nodes = await planOf(draw(1));
      const read = countRead(nodes);
      if (read > mostRead[list]) wrong.push(`${name} reads ${read} rows`);
      for (const node of nodes.filter(isWholeRead)) wrong.push(`${name} reads all of ${node["Relation Name"]}`);
    }
    expect(wrong).toEqual([]);
  },
);

test("a round is found by its name through the index", async () => {
  const nodes = await planOf(findRoundsByRefStatement("R-4711", 8));
  expect(nodes.filter(isWholeRead)).toEqual([]);
  expect(nodes.map((node) => node["Index Name"])).toContain("rounds_ref");
});

test.each([
  ["rounds that wait", listWaitingRoundsStatement(new Date("2026-01-01T00:00:00Z"), 0n, 51)],
  ["late results", listLateResultsStatement(1n << 50n, 51)],
  ["tombstones", listTombstonesStatement(1n << 40n, 51)],
])("the inbox's %s are found without a table being read whole", async (_what, statement) => {
  expect((await planOf(statement)).filter(isWholeRead)).toEqual([]);
});
