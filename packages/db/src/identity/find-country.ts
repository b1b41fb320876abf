import { sql } from "drizzle-orm";
import { type Executor, queryRows } from "../kernel/executor.ts";

/** Where a player lives, as two letters; undefined where there is no such player. */
export async function findCountry(db: Executor, playerId: bigint): Promise<string | undefined> {
  const [row] = await queryRows<{ country: string }>(db, sql`SELECT country FROM players WHERE id = ${playerId}`);
  return row?.country;
}
