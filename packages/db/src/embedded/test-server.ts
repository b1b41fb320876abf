/**
 * The one PostgreSQL that a run of the integration tests uses, as vitest's global setup. It lies in the checkout and
 * stays between runs; runs at the same time share it.
 */
import { fileURLToPath } from "node:url";
import { Client } from "pg";
import type { TestProject } from "vitest/node";
import { startPostgres } from "./start-postgres.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The superuser's way into the test server's `postgres` database. */
    testServerUrl: string;
  }
}

export default async function startTestServer(project: TestProject): Promise<() => Promise<void>> {
  const server = await startPostgres({
    dataDir: fileURLToPath(new URL("../../../../.pitboss/test-postgres", import.meta.url)),
    database: "postgres",
    settings: {
      // A test may kill PostgreSQL, and what the kernel has survives that; only the machine's own crash needs fsync.
      fsync: "off",
      full_page_writes: "off",
      shared_buffers: "256MB",
      max_wal_size: "1GB",
      min_wal_size: "128MB",
      max_connections: "400",
    },
  });
  if (!server.adopted) await dropLeftovers(server.url);
  project.provide("testServerUrl", server.url);
  return () => server.stop();
}

/** Removes what killed runs left behind, and templates of earlier migrations. Only right while no other run is on. */
async function dropLeftovers(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ datname: string }>(
      "SELECT datname FROM pg_database WHERE datname LIKE 'test\\_%' OR datname LIKE 'migrated\\_%'",
    );
    for (const { datname } of rows) {
      const name = client.escapeIdentifier(datname);
      await client.query(`ALTER DATABASE ${name} WITH IS_TEMPLATE false`);
      await client.query(`DROP DATABASE ${name} WITH (FORCE)`);
    }
  } finally {
    await client.end();
  }
}
