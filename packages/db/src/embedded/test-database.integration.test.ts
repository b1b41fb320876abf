import { Client } from "pg";
import { expect, test } from "vitest";
import { createTestDatabase } from "./test-database.ts";

async function query<T extends object>(url: string, sql: string): Promise<T[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
}

test("test databases made at once are migrated, and apart from each other", async () => {
  const [left, right] = await Promise.all([createTestDatabase(), createTestDatabase()]);
  await query(left.url, "CREATE TABLE only_here ()");
  const tables =
    "SELECT count(*)::int AS count FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')";
  const [countLeft] = await query<{ count: number }>(left.url, tables);
  const [countRight] = await query<{ count: number }>(right.url, tables);
  expect(countRight?.count).toBeGreaterThan(0);
  expect(countLeft?.count).toBe((countRight?.count ?? 0) + 1);
  await Promise.all([left.drop(), right.drop()]);
});

test("a dropped test database is gone, even under an open connection", async () => {
  const database = await createTestDatabase();
  const client = new Client({ connectionString: database.url });
  client.on("error", () => undefined);
  await client.connect();
  await database.drop();
  await expect(query(database.url, "SELECT 1")).rejects.toThrow(/does not exist/);
  await client.end();
});
