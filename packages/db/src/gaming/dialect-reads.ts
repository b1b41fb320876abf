/** What a dialect looks up before a command goes through the door: the session that a bet came from, its player. */
import { type Currency, currencyOfNumber } from "@pitboss/domain/wallet/currency";
import { type PlayerStatus, playerStatusOf } from "@pitboss/domain/wallet/ledger-codes";
import { sql } from "drizzle-orm";
import { type Executor, queryRows, readInstant } from "../kernel/executor.ts";

export interface DialectPlayer {
  readonly playerId: bigint;
  readonly status: PlayerStatus;
  readonly country: string;
  readonly createdAt: Date;
}

export interface DialectSession extends DialectPlayer {
  readonly sessionId: bigint;
  readonly gameId: number;
  readonly currency: Currency;
  /** True where it still takes bets. */
  readonly open: boolean;
  /** The sign-in that it was opened from, and what was made of the player's place then; null where there is none. */
  readonly playerSessionId: bigint | null;
  readonly geoDecisionId: bigint | null;
}

interface SessionText {
  readonly id: string;
  readonly player_id: string;
  readonly game_id: number;
  readonly currency: number;
  readonly open: boolean;
  readonly player_session_id: string | null;
  readonly geo_decision_id: string | null;
  readonly status: number;
  readonly country: string;
  readonly created_at: string;
}

const sessionColumns = sql.raw(`s.id, s.player_id, s.game_id, s.currency,
  (s.ended_at IS NULL AND s.expires_at > now()) AS open, s.player_session_id, s.geo_decision_id,
  p.status, p.country, p.created_at`);

/** The session of a token, whether it is still open or not: what it once stood for, settlements still need. */
export async function findSessionOfToken(db: Executor, tokenHash: Buffer): Promise<DialectSession | undefined> {
  const [row] = await queryRows<SessionText>(
    db,
    sql`SELECT ${sessionColumns} FROM game_sessions s JOIN players p ON p.id = s.player_id
         WHERE s.token_hash = ${tokenHash}`,
  );
  return row && readSession(row);
}

/** The player's newest session on a game, for dialects whose bets carry no session. */
export async function findSessionOnGame(
  db: Executor,
  playerId: bigint,
  gameId: number,
): Promise<DialectSession | undefined> {
  const [row] = await queryRows<SessionText>(
    db,
    sql`SELECT ${sessionColumns} FROM game_sessions s JOIN players p ON p.id = s.player_id
         WHERE s.player_id = ${playerId} AND s.game_id = ${gameId} ORDER BY s.id DESC LIMIT 1`,
  );
  return row && readSession(row);
}

export async function findDialectPlayer(db: Executor, playerId: bigint): Promise<DialectPlayer | undefined> {
  const [row] = await queryRows<{ status: number; country: string; created_at: string }>(
    db,
    sql`SELECT status, country, created_at FROM players WHERE id = ${playerId}`,
  );
  if (row === undefined) return undefined;
  const { status, country, created_at: createdAt } = row;
  return { playerId, status: playerStatusOf(status), country, createdAt: readInstant(createdAt) };
}

/** True where this request stands for something already: it has an answer, whatever has changed since. */
export async function isRequestKnown(db: Executor, key: string): Promise<boolean> {
  const [row] = await queryRows<{ known: boolean }>(
    db,
    sql`SELECT EXISTS (SELECT FROM requests WHERE key = ${key}::uuid) AS known`,
  );
  return row?.known === true;
}

function readSession(row: SessionText): DialectSession {
  return {
    sessionId: BigInt(row.id),
    playerId: BigInt(row.player_id),
    gameId: row.game_id,
    currency: currencyOfNumber(row.currency),
    open: row.open,
    playerSessionId: row.player_session_id === null ? null : BigInt(row.player_session_id),
    geoDecisionId: row.geo_decision_id === null ? null : BigInt(row.geo_decision_id),
    status: playerStatusOf(row.status),
    country: row.country,
    createdAt: readInstant(row.created_at),
  };
}
