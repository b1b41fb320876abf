/** In which country these players' accounts are, and of which brand; an account keeps both. */
import { sql } from "drizzle-orm";
import { numberArray } from "../kernel/arrays.ts";
import { type Executor, queryRows } from "../kernel/executor.ts";

export interface Origin {
  readonly country: string;
  readonly brand: string;
}

export async function listOrigins(db: Executor, players: readonly bigint[]): Promise<Map<bigint, Origin>> {
  if (players.length === 0) return new Map();
  const rows = await queryRows<Origin & { readonly id: string }>(
    db,
    sql`SELECT id, country, brand FROM players WHERE id = ANY(${numberArray(players)}::bigint[])`,
  );
  return new Map(rows.map(({ id, country, brand }) => [BigInt(id), { country, brand }]));
}
