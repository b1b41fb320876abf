/** The Drizzle schema and the migrated database describe the same tables; whichever moves alone is found here. */
import { globSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { is } from "drizzle-orm";
import { getTableConfig, PgTable } from "drizzle-orm/pg-core";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../embedded/test-database.ts";

interface Column {
  readonly type: string;
  readonly notNull: boolean;
  readonly primary: boolean;
}
type Tables = Record<string, Record<string, Column>>;

const source = dirname(dirname(fileURLToPath(import.meta.url)));
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test("every table of the database has a schema file, and every column, type, nullability and key is the same", async () => {
  const described = await readSchemaFiles();
  expect(Object.keys(described).length).toBeGreaterThan(40);
  expect(described).toEqual(await readCatalog());
});

async function readSchemaFiles(): Promise<Tables> {
  const tables: Tables = {};
  for (const file of globSync("*/*.schema.ts", { cwd: source }).sort()) {
    const module = (await import(join(source, file))) as Record<string, unknown>;
    for (const exported of Object.values(module)) {
      if (!is(exported, PgTable)) continue;
      const { name, columns, primaryKeys } = getTableConfig(exported);
      const keys = new Set(primaryKeys.flatMap((key) => key.columns.map((column) => column.name)));
      tables[name] = Object.fromEntries(
        columns.map((column) => {
          const primary = column.primary || keys.has(column.name);
          // PostgreSQL writes numeric(38,18) without the space.
          const type = column.getSQLType().replaceAll(", ", ",");
          return [column.name, { type, notNull: column.notNull || primary, primary }];
        }),
      );
    }
  }
  return tables;
}

async function readCatalog(): Promise<Tables> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const { rows } = await client.query<{ table: string; column: string } & Column>(`
    SELECT c.relname AS "table", a.attname AS "column", format_type(a.atttypid, a.atttypmod) AS type,
           a.attnotnull AS "notNull",
           EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'p' AND a.attnum = ANY(k.conkey)) AS primary
      FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition`);
  await client.end();
  const tables: Tables = {};
  for (const { table, column, type, notNull, primary } of rows) {
    tables[table] = { ...tables[table], [column]: { type, notNull, primary } };
  }
  return tables;
}
