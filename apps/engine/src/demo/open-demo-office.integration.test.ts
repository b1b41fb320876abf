import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "@pitboss/db/embedded/test-database";
import { createDatabase, createPool, type Database } from "@pitboss/db/kernel/pool";
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
  const players = [await insertPlayer(db, { nickname: "ada", country: "MT" })];
  const first = await openDemoOffice(config, db, players);
  const second = await openDemoOffice(config, db, []);
  expect(first.map(({ role }) => role)).toContain("admin-2");
  expect(second.map(({ email, password }) => [email, password])).toEqual(
    first.map(({ email, password }) => [email, password]),
  );
  expect(first[0]?.totpNow).toMatch(/^[0-9]{6}$/);
});
