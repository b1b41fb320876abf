import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "@pitboss/db/embedded/test-database";
import { createDatabase, createPool, type Database } from "@pitboss/db/kernel/pool";
import { insertProvider } from "@pitboss/db/catalog/open-casino";
import { insertPlayer } from "@pitboss/db/identity/player-access";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readConfig } from "../config.ts";
import { openDemoOffice } from "./open-demo-office.ts";

let database: TestDatabase;
let dataDir: string;
let db: Database;
beforeAll(async () => {
  database = await createTestDatabase();
  dataDir = await mkdtemp(join(tmpdir(), "pitboss-demo-"));
  db = createDatabase(createPool({ url: database.url, applicationName: "test", max: 2, onError: () => undefined }));
});
afterAll(async () => {
  await db.$client.end();
  await database.drop();
  await rm(dataDir, { recursive: true });
});

test("the demo's staff is made once, and its sign-ins are found again at the next start", async () => {
  const config = readConfig({ NODE_ENV: "test", DATABASE_URL: database.url, PITBOSS_DATA_DIR: dataDir });
  const players: bigint[] = [];
  for (let count = 0; count < 10; count += 1) players.push(await insertPlayer(db, { nickname: "ada", country: "MT" }));
  await insertProvider(db, "pitboss", "Pitboss originals");
  await insertProvider(db, "pragm", "Pragm Live (demo)");
  const first = await openDemoOffice(config, db, players);
  const second = await openDemoOffice(config, db, []);
  expect(first.map(({ role }) => role)).toContain("admin-2");
  expect(second.map(({ email, password }) => [email, password])).toEqual(
    first.map(({ email, password }) => [email, password]),
  );
  expect(first[0]?.totpNow).toMatch(/^[0-9]{6}$/);
});

test("the demo has something to show: proposals that wait, notes, tags and shared views, each with its audit row", async () => {
  const count = async (what: string): Promise<number> => {
    const { rows } = await db.execute<{ count: string }>(sql.raw(`SELECT count(*) FROM ${what}`));
    return Number(rows[0]?.count);
  };
  expect(await count("approvals WHERE status = 'PROPOSED'")).toBe(3);
  expect(await count("player_notes")).toBe(4);
  expect(await count("player_tags")).toBeGreaterThan(0);
  expect(await count("saved_views WHERE shared")).toBe(3);
  expect(await count("audit_log WHERE action = 'approval.propose' AND user_agent = 'the demo''s seed'")).toBe(4);
  expect(await count("report_charges WHERE kind = 'PROVIDER_FEE' AND subject = 'pragm'")).toBe(1);
  expect(await count("report_charges WHERE kind = 'PROVIDER_FEE' AND subject = 'pitboss'")).toBe(0);
});
