/** The rate tables that were received: each stays for ever, the newest of a source is the last good one. */
import { type RateTable, rateTableSchema } from "@pitboss/domain/wallet/exchange";
import { sql } from "drizzle-orm";
import type { Database } from "../kernel/pool.ts";

/** Keeps a table. The first one of a source and an instant stays; another with the same name changes nothing. */
export async function insertRateTable(db: Database, table: RateTable): Promise<void> {
  await db.execute(sql`
    INSERT INTO rate_tables (source, as_of, rates)
    VALUES (${table.source}, ${table.asOf}::timestamptz, ${JSON.stringify(table.rates)}::jsonb)
    ON CONFLICT (source, as_of) DO NOTHING`);
}

export async function findNewestRateTable(db: Database, source: string): Promise<RateTable | undefined> {
  const { rows } = await db.execute<{ as_of_ms: string; rates: unknown }>(sql`
    SELECT extract(epoch FROM as_of) * 1000 AS as_of_ms, rates
      FROM rate_tables WHERE source = ${source} ORDER BY as_of DESC LIMIT 1`);
  const [row] = rows;
  if (row === undefined) return undefined;
  const asOf = new Date(Number(row.as_of_ms)).toISOString();
  return rateTableSchema.parse({ source, asOf, base: "EUR", rates: row.rates });
}
