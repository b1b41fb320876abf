/** In which country these players' accounts are; an account does not move. */
import { sql } from "drizzle-orm";
import { numberArray } from "../kernel/arrays.ts";
import { type Executor, queryRows } from "../kernel/executor.ts";

export async function listCountries(db: Executor, players: readonly bigint[]): Promise<Map<bigint, string>> {
  if (players.length === 0) return new Map();
  const rows = await queryRows<{ id: string; country: string }>(
    db,
    sql`SELECT id, country FROM players WHERE id = ANY(${numberArray(players)}::bigint[])`,
  );
  return new Map(rows.map(({ id, country }) => [BigInt(id), country]));
}
