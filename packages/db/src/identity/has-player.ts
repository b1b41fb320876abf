import { sql } from "drizzle-orm";
import type { Database } from "../kernel/pool.ts";

export async function hasPlayer(db: Database, playerId: bigint): Promise<boolean> {
  const { rows } = await db.execute<{ found: boolean }>(
    sql`SELECT EXISTS (SELECT FROM players WHERE id = ${playerId}) AS found`,
  );
  return rows[0]?.found === true;
}
