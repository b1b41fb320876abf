/** Players as the bet path knows them, and the opaque tokens that stand for them. */
import { sql } from "drizzle-orm";
import type { Database } from "../kernel/pool.ts";

export interface NewPlayer {
  readonly nickname: string;
  readonly country: string;
}

export async function insertPlayer(db: Database, { nickname, country }: NewPlayer): Promise<bigint> {
  const { rows } = await db.execute<{ id: string }>(
    sql`INSERT INTO players (nickname, country) VALUES (${nickname}, ${country}) RETURNING id`,
  );
  return BigInt(rows[0]?.id ?? 0);
}

/** False where there is no such player. */
export async function insertPlayerToken(
  db: Database,
  playerId: bigint,
  hash: Buffer,
  expiresAt: Date,
): Promise<boolean> {
  const { rowCount } = await db.execute(sql`
    INSERT INTO player_tokens (hash, player_id, expires_at)
    SELECT ${hash}, id, ${expiresAt.toISOString()}::timestamptz FROM players WHERE id = ${playerId}`);
  return rowCount === 1;
}

export interface NewGameSession {
  readonly playerId: bigint;
  readonly gameId: number;
  readonly currencyNumber: number;
  readonly tokenHash: Buffer;
  readonly expiresAt: Date;
}

/** Undefined where there is no such player. */
export async function insertGameSession(db: Database, session: NewGameSession): Promise<bigint | undefined> {
  const { rows } = await db.execute<{ id: string }>(sql`
    INSERT INTO game_sessions (player_id, game_id, currency, token_hash, expires_at)
    SELECT id, ${session.gameId}, ${session.currencyNumber}, ${session.tokenHash}, ${session.expiresAt.toISOString()}::timestamptz
      FROM players WHERE id = ${session.playerId} RETURNING id`);
  const id = rows[0]?.id;
  return id === undefined ? undefined : BigInt(id);
}

/** Ends a session (of that player, where one is named) and returns the hash of its token, which bets no more. */
export async function endGameSession(
  db: Database,
  sessionId: bigint,
  playerId: bigint | undefined,
): Promise<Buffer | undefined> {
  const { rows } = await db.execute<{ token_hash: Buffer }>(sql`
    UPDATE game_sessions SET ended_at = now()
     WHERE id = ${sessionId} AND ended_at IS NULL AND (${playerId ?? null}::bigint IS NULL OR player_id = ${playerId ?? null}::bigint)
    RETURNING token_hash`);
  return rows[0]?.token_hash;
}
