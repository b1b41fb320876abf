/** What a dialect looks up before a command goes through the door: the session that a bet came from, its player. */
import { type Currency, currencyOfNumber } from "@pitboss/domain/wallet/currency";
import { type PlayerStatus, playerStatusOf } from "@pitboss/domain/wallet/ledger-codes";
import { sql } from "drizzle-orm";
import { numberArray, textArray } from "../kernel/arrays.ts";
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

interface PlayerText {
  readonly id: string;
  readonly status: number;
  readonly country: string;
  readonly created_at: string;
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

/** By the hash in hex; open or not: what a session once stood for, settlements still need. */
export async function findSessionsOfTokens(
  db: Executor,
  hashes: readonly string[],
): Promise<Map<string, DialectSession>> {
  const rows = await queryRows<SessionText & { hash: string }>(
    db,
    sql`SELECT named.hash, ${sessionColumns} FROM unnest(${textArray(hashes)}::text[]) AS named (hash)
          JOIN game_sessions s ON s.token_hash = decode(named.hash, 'hex') JOIN players p ON p.id = s.player_id`,
  );
  return new Map(rows.map((row) => [row.hash, readSession(row)]));
}

export interface PlayerOnGame {
  readonly playerId: bigint;
  readonly gameId: number;
}

export function nameOfSeat({ playerId, gameId }: PlayerOnGame): string {
  return `${playerId} ${gameId}`;
}

/** Each player's newest session on a game, for dialects whose bets carry no session. By `nameOfSeat`. */
export async function findSessionsOnGames(
  db: Executor,
  seats: readonly PlayerOnGame[],
): Promise<Map<string, DialectSession>> {
  const [players, games] = [seats.map(({ playerId }) => playerId), seats.map(({ gameId }) => gameId)];
  const rows = await queryRows<SessionText>(
    db,
    sql`SELECT ${sessionColumns}
          FROM unnest(${numberArray(players)}::bigint[], ${numberArray(games)}::integer[]) AS named (player_id, game_id)
         CROSS JOIN LATERAL (SELECT * FROM game_sessions WHERE player_id = named.player_id AND game_id = named.game_id
                              ORDER BY id DESC LIMIT 1) s
          JOIN players p ON p.id = s.player_id`,
  );
  return new Map(rows.map(readSession).map((session) => [nameOfSeat(session), session]));
}

export async function findDialectPlayers(db: Executor, ids: readonly bigint[]): Promise<Map<string, DialectPlayer>> {
  const rows = await queryRows<PlayerText>(
    db,
    sql`SELECT id, status, country, created_at FROM players WHERE id = ANY(${numberArray(ids)}::bigint[])`,
  );
  return new Map(rows.map((row) => [row.id, readPlayer(row)]));
}

export async function findDialectPlayer(db: Executor, playerId: bigint): Promise<DialectPlayer | undefined> {
  return (await findDialectPlayers(db, [playerId])).get(`${playerId}`);
}

/** True where this request stands for something already: it has an answer, whatever has changed since. */
export async function isRequestKnown(db: Executor, key: string): Promise<boolean> {
  const [row] = await queryRows<{ known: boolean }>(
    db,
    sql`SELECT EXISTS (SELECT FROM requests WHERE key = ${key}::uuid) AS known`,
  );
  return row?.known === true;
}

function readPlayer({ id, status, country, created_at: createdAt }: PlayerText): DialectPlayer {
  return { playerId: BigInt(id), status: playerStatusOf(status), country, createdAt: readInstant(createdAt) };
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
