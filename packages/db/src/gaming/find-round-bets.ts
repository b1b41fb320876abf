import { sql } from "drizzle-orm";
import type { Database } from "../kernel/pool.ts";

/** Ids of the bets of one player's round, oldest first. The hash finds them, the reference makes sure. */
export async function findRoundBets(
  db: Database,
  roundHash: bigint,
  playerId: bigint,
  roundRef: string,
): Promise<bigint[]> {
  const { rows } = await db.execute<{ id: string }>(sql`
    SELECT id FROM bets WHERE round_hash = ${roundHash} AND player_id = ${playerId} AND round_ref = ${roundRef} ORDER BY id`);
  return rows.map(({ id }) => BigInt(id));
}

/** Bets on these games, placed within a range of ids, that nothing has happened to yet. */
export async function listHeldBets(
  db: Database,
  gameIds: readonly number[],
  fromId: bigint,
  beforeId: bigint,
): Promise<bigint[]> {
  const { rows } = await db.execute<{ id: string }>(sql`
    SELECT b.id FROM bets b
     WHERE b.id >= ${fromId} AND b.id < ${beforeId} AND b.game_id = ANY(${sql.param(gameIds)}::integer[])
       AND NOT EXISTS (SELECT FROM bet_transitions t WHERE t.bet_id = b.id)
     ORDER BY b.id LIMIT 500`);
  return rows.map(({ id }) => BigInt(id));
}
