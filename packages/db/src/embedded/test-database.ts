import { createHash, randomBytes } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Client } from "pg";
import { inject } from "vitest";
import { migrate } from "../kernel/migrate.ts";
// Says what the global setup hands to the tests.
import type {} from "./test-server.ts";

export interface TestDatabase {
  /** Connects as the superuser; the database is this test's alone. */
  readonly url: string;
  readonly name: string;
  /** Removes the database and cuts whoever is still connected. */
  drop(): Promise<void>;
}

/**
 * Makes a migrated, otherwise empty database on the run's server. The migrations run once for each state of their
 * folder; after that a database is a copy of files, which takes some tens of milliseconds.
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const serverUrl = inject("testServerUrl");
  const name = `test_${randomBytes(8).toString("hex")}`;
  await withClient(serverUrl, async (client) => {
    const template = await ensureTemplate(client, serverUrl);
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${template}`);
  });
  return {
    url: withDatabase(serverUrl, name),
    name,
    drop: () => withClient(serverUrl, (client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)),
  };
}

async function ensureTemplate(client: Client, serverUrl: string): Promise<string> {
  const template = `migrated_${hashMigrations()}`;
  // Test files run at the same time, and runs do; the first one in makes the template, the others wait for it.
  await client.query("SELECT pg_advisory_lock(hashtextextended($1, 0))", [template]);
  const found = await client.query("SELECT FROM pg_database WHERE datname = $1", [template]);
  if (found.rowCount === 0) {
    const unfinished = `test_${randomBytes(8).toString("hex")}`;
    await client.query(`CREATE DATABASE ${unfinished}`);
    await migrate(withDatabase(serverUrl, unfinished));
    // PostgreSQL copies only databases to which nobody is connected, so nobody may connect from here on.
    await client.query(`ALTER DATABASE ${unfinished} WITH IS_TEMPLATE true ALLOW_CONNECTIONS false`);
    await client.query(`ALTER DATABASE ${unfinished} RENAME TO ${template}`);
  }
  await client.query("SELECT pg_advisory_unlock(hashtextextended($1, 0))", [template]);
  return template;
}

function hashMigrations(): string {
  const folder = fileURLToPath(new URL("../../migrations", import.meta.url));
  const hash = createHash("sha256").update(readFileSync(new URL("../kernel/migrate.ts", import.meta.url)));
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  for (const file of files) hash.update(file).update(readFileSync(file));
  return hash.digest("hex").slice(0, 16);
}

function withDatabase(serverUrl: string, database: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  return url.href;
}

async function withClient(url: string, work: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
