import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../embedded/test-database.ts";
import { createDatabase, createPool, type Database } from "./pool.ts";

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});

afterAll(() => database.drop());

function openPool(max: number): Database {
  return createDatabase(createPool({ url: database.url, applicationName: "test-pool", max, onError: () => undefined }));
}

const one = (db: Database) => db.transaction((tx) => tx.execute<{ one: number }>(sql`SELECT 1 AS one`));

test("a connection that is broken when its transaction begins is given back, and replaced", async () => {
  const db = openPool(1);
  const pool = db.$client;
  await one(db);
  for (let time = 0; time < 3; time += 1) {
    pool.once(
      "acquire",
      (client) =>
        void (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy(),
    );
    await expect(one(db)).rejects.toThrow();
  }
  expect((await one(db)).rows).toEqual([{ one: 1 }]);
  await pool.end();
});

test("a connection that breaks inside a transaction fails the transaction, and not the process", async () => {
  const db = openPool(2);
  const broken = db.transaction(async (tx) => {
    const { rows } = await tx.execute<{ pid: number }>(sql`SELECT pg_backend_pid() AS pid`);
    await db.execute(sql`RESET ROLE`);
    await db.execute(sql`SELECT pg_terminate_backend(${rows[0]?.pid ?? 0})`);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await tx.execute(sql`SELECT 1`);
  });
  await expect(broken).rejects.toThrow();
  expect((await one(db)).rows).toEqual([{ one: 1 }]);
  await db.$client.end();
});

test("a transaction that fails is undone", async () => {
  const db = openPool(1);
  const failed = db.transaction(async (tx) => {
    await tx.execute(sql`INSERT INTO consumer_positions (consumer) VALUES ('undone')`);
    throw new Error("no");
  });
  await expect(failed).rejects.toThrow("no");
  const { rows } = await db.execute(sql`SELECT FROM consumer_positions WHERE consumer = 'undone'`);
  expect(rows).toEqual([]);
  await db.$client.end();
});
