import { sql } from "drizzle-orm";
import type { Database } from "../kernel/pool.ts";

export interface FirstPlayer {
  readonly id: bigint;
  readonly nickname: string;
  readonly country: string;
}

/** The players who came first, in that order. */
export async function listFirstPlayers(db: Database, limit: number): Promise<FirstPlayer[]> {
  const { rows } = await db.execute<{ id: string; nickname: string; country: string }>(
    sql`SELECT id, nickname, country FROM players ORDER BY id LIMIT ${limit}`,
  );
  return rows.map(({ id, nickname, country }) => ({ id: BigInt(id), nickname, country }));
}

/** Which of these request keys were answered; see `requestKey`. */
export async function findAnsweredKeys(db: Database, keys: readonly string[]): Promise<Set<string>> {
  const { rows } = await db.execute<{ key: string }>(
    sql`SELECT key FROM requests WHERE key = ANY(${sql.param([...keys])}::uuid[])`,
  );
  return new Set(rows.map(({ key }) => key));
}
