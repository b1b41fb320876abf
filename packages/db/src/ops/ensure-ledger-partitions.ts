import { sql } from "drizzle-orm";
import type { Database } from "../kernel/pool.ts";

/** Makes what is missing of the monthly partitions from `from` on; returns how many tables were made. */
export async function ensureLedgerPartitions(db: Database, from: Date, monthsAhead: number): Promise<number> {
  const { rows } = await db.execute<{ made: number }>(sql`
    SELECT ensure_ledger_partitions(${from.toISOString()}::timestamptz,
                                    ${from.toISOString()}::timestamptz + make_interval(months => ${monthsAhead}::integer)) AS made`);
  return rows[0]?.made ?? 0;
}
