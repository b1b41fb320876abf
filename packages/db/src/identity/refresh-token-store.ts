/** Refresh tokens at rest: SHA-256 hashes, one line of them a session. */
import { eq, lt, or, sql } from "drizzle-orm";
import { type Executor, queryRows, readInstant, readInstantOrNull } from "../kernel/executor.ts";
import { playerRefreshTokens } from "./player-refresh-tokens.schema.ts";
import { playerSessions } from "./player-sessions.schema.ts";
import { type PlayerStatus, playerStatusOf } from "@pitboss/domain/wallet/ledger-codes";

export interface PresentedRefresh {
  readonly sessionId: bigint;
  readonly playerId: bigint;
  readonly status: PlayerStatus;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  readonly revokedAt: Date | null;
  readonly usedAt: Date | null;
  readonly expiresAt: Date;
  readonly nextUsed: boolean;
}

/**
 * What a token stands for, with its session's row locked: of two that come at once one waits here, and then sees what
 * the other one did. `nextHash` is of the token that takes its place.
 */
export async function lockRefreshToken(
  tx: Executor,
  hash: Buffer,
  nextHash: Buffer,
): Promise<PresentedRefresh | undefined> {
  const [owner] = await tx
    .select({ sessionId: playerRefreshTokens.sessionId })
    .from(playerRefreshTokens)
    .where(eq(playerRefreshTokens.hash, hash));
  if (owner === undefined) return undefined;
  await tx
    .select({ id: playerSessions.id })
    .from(playerSessions)
    .where(eq(playerSessions.id, owner.sessionId))
    .for("no key update");
  const [row] = await queryRows<{
    session_id: string;
    player_id: string;
    status: number;
    created_at: string;
    last_seen_at: string;
    revoked_at: string | null;
    used_at: string | null;
    expires_at: string;
    next_used: boolean;
  }>(
    tx,
    sql`SELECT s.id AS session_id, s.player_id, p.status, s.created_at, s.last_seen_at, s.revoked_at, t.used_at, t.expires_at,
               EXISTS (SELECT FROM player_refresh_tokens n WHERE n.hash = ${nextHash} AND n.used_at IS NOT NULL) AS next_used
          FROM player_refresh_tokens t JOIN player_sessions s ON s.id = t.session_id JOIN players p ON p.id = s.player_id
         WHERE t.hash = ${hash}`,
  );
  if (row === undefined) return undefined;
  return {
    sessionId: BigInt(row.session_id),
    playerId: BigInt(row.player_id),
    status: playerStatusOf(row.status),
    createdAt: readInstant(row.created_at),
    lastSeenAt: readInstant(row.last_seen_at),
    revokedAt: readInstantOrNull(row.revoked_at),
    usedAt: readInstantOrNull(row.used_at),
    expiresAt: readInstant(row.expires_at),
    nextUsed: row.next_used,
  };
}

export async function insertRefreshToken(
  db: Executor,
  token: { readonly hash: Buffer; readonly sessionId: bigint; readonly expiresAt: Date },
  now: Date,
): Promise<void> {
  await db.insert(playerRefreshTokens).values({ ...token, createdAt: now });
}

export async function markRefreshTokenUsed(db: Executor, hash: Buffer, now: Date): Promise<void> {
  await db.update(playerRefreshTokens).set({ usedAt: now }).where(eq(playerRefreshTokens.hash, hash));
}

/** When the token that took another one's place runs out. */
export async function findRefreshExpiry(db: Executor, hash: Buffer): Promise<Date | undefined> {
  const [row] = await db
    .select({ expiresAt: playerRefreshTokens.expiresAt })
    .from(playerRefreshTokens)
    .where(eq(playerRefreshTokens.hash, hash));
  return row?.expiresAt;
}

/** Tokens that ran out or were used before these days. One that is gone is refused without ending its session. */
export async function deleteOldRefreshTokens(
  db: Executor,
  before: { readonly expired: Date; readonly used: Date },
): Promise<void> {
  const { expiresAt, usedAt } = playerRefreshTokens;
  await db.delete(playerRefreshTokens).where(or(lt(expiresAt, before.expired), lt(usedAt, before.used)));
}
