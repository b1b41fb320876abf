/** Players as the bet path knows them, and the opaque tokens that stand for them. */
import { mainBrand } from "@pitboss/domain/identity/brand";
import { sql } from "drizzle-orm";
import { type Executor, queryRows } from "../kernel/executor.ts";
import type { Database } from "../kernel/pool.ts";
import { players } from "./players.schema.ts";

export interface NewPlayer {
  readonly nickname: string;
  readonly country: string;
  /** The house's first one where nothing is said. */
  readonly brand?: string | undefined;
}

export async function insertPlayer(db: Database, { nickname, country, brand = mainBrand }: NewPlayer): Promise<bigint> {
  const [row] = await queryRows<{ id: string }>(
    db,
    sql`INSERT INTO players (nickname, country, brand) VALUES (${nickname}, ${country}, ${brand}) RETURNING id`,
  );
  return BigInt(row?.id ?? 0);
}

/** The number of a player who is about to be written. */
export async function drawPlayerId(db: Executor): Promise<bigint> {
  const [row] = await queryRows<{ id: string }>(db, sql`SELECT nextval(pg_get_serial_sequence('players', 'id')) AS id`);
  return BigInt(row?.id ?? 0);
}

export async function insertDrawnPlayer(
  db: Executor,
  { id, nickname, country, brand = mainBrand }: NewPlayer & { readonly id: bigint },
): Promise<void> {
  await db.insert(players).values({ id, nickname, country, brand });
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
  /** The sign-in that it was opened from; it ends with it. */
  readonly playerSessionId: bigint | null;
  /** What was made of where the player is; null where nobody told. */
  readonly geoDecisionId: bigint | null;
}

/**
 * Undefined where there is no such player, or the sign-in that it is opened from has ended: the lock makes one that is
 * being ended right now wait for this session, and end it too.
 */
export async function insertGameSession(db: Database, session: NewGameSession): Promise<bigint | undefined> {
  const { rows } = await db.execute<{ id: string }>(sql`
    WITH signed_in AS (
      SELECT id FROM player_sessions WHERE id = ${session.playerSessionId}::bigint AND revoked_at IS NULL FOR SHARE)
    INSERT INTO game_sessions (player_id, game_id, currency, token_hash, expires_at, player_session_id, geo_decision_id)
    SELECT id, ${session.gameId}, ${session.currencyNumber}, ${session.tokenHash}, ${session.expiresAt.toISOString()}::timestamptz,
           ${session.playerSessionId}::bigint, ${session.geoDecisionId}::bigint
      FROM players WHERE id = ${session.playerId}
       AND (${session.playerSessionId}::bigint IS NULL OR EXISTS (SELECT FROM signed_in)) RETURNING id`);
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
