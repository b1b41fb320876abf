/** How players are signed in: credentials, links in mails, sessions with rotating refresh tokens, devices. */
import { and, desc, eq, isNull, ne, sql } from "drizzle-orm";
import { type Executor, queryRows, readInstant, readInstantOrNull } from "../kernel/executor.ts";
import { playerCredentials } from "./player-credentials.schema.ts";
import { playerLinks } from "./player-links.schema.ts";
import { playerRefreshTokens } from "./player-refresh-tokens.schema.ts";
import { playerSessions } from "./player-sessions.schema.ts";

export async function insertCredentials(db: Executor, playerId: bigint, passwordHash: string): Promise<void> {
  await db.insert(playerCredentials).values({ playerId, passwordHash });
}

export async function findPlayerPassword(db: Executor, playerId: bigint): Promise<string | undefined> {
  const [row] = await db.select().from(playerCredentials).where(eq(playerCredentials.playerId, playerId));
  return row?.passwordHash;
}

export async function setPlayerPassword(
  db: Executor,
  playerId: bigint,
  passwordHash: string,
  now: Date,
): Promise<void> {
  await db
    .update(playerCredentials)
    .set({ passwordHash, changedAt: now })
    .where(eq(playerCredentials.playerId, playerId));
}

/** Removes every way in of a player that is erased. */
export async function deleteCredentials(db: Executor, playerId: bigint): Promise<void> {
  await db.delete(playerCredentials).where(eq(playerCredentials.playerId, playerId));
  await db.delete(playerLinks).where(eq(playerLinks.playerId, playerId));
}

export type LinkPurpose = "VERIFY_EMAIL" | "RESET_PASSWORD";

export async function insertLink(
  db: Executor,
  link: {
    readonly hash: Buffer;
    readonly playerId: bigint;
    readonly purpose: LinkPurpose;
    readonly expiresAt: Date;
  },
): Promise<void> {
  await db.insert(playerLinks).values(link);
}

/** Uses a link up; undefined where it is unknown, used or over. */
export async function takeLink(
  db: Executor,
  hash: Buffer,
  purpose: LinkPurpose,
  now: Date,
): Promise<bigint | undefined> {
  const [row] = await db
    .update(playerLinks)
    .set({ usedAt: now })
    .where(
      and(
        eq(playerLinks.hash, hash),
        eq(playerLinks.purpose, purpose),
        isNull(playerLinks.usedAt),
        sql`${playerLinks.expiresAt} > ${now}`,
      ),
    )
    .returning({ playerId: playerLinks.playerId });
  return row?.playerId;
}

/** Whose link it is, without using it. */
export async function findLink(
  db: Executor,
  hash: Buffer,
  purpose: LinkPurpose,
  now: Date,
): Promise<bigint | undefined> {
  const [row] = await db
    .select({ playerId: playerLinks.playerId })
    .from(playerLinks)
    .where(
      and(
        eq(playerLinks.hash, hash),
        eq(playerLinks.purpose, purpose),
        isNull(playerLinks.usedAt),
        sql`${playerLinks.expiresAt} > ${now}`,
      ),
    );
  return row?.playerId;
}

/** What was sent earlier for the same purpose is worth nothing any more. */
export async function spendLinks(db: Executor, playerId: bigint, purpose: LinkPurpose, now: Date): Promise<void> {
  await db
    .update(playerLinks)
    .set({ usedAt: now })
    .where(and(eq(playerLinks.playerId, playerId), eq(playerLinks.purpose, purpose), isNull(playerLinks.usedAt)));
}

export interface PlayerSessionRecord {
  readonly id: bigint;
  readonly playerId: bigint;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  readonly ip: string | null;
  readonly userAgent: string | null;
  readonly revokedAt: Date | null;
  readonly revokedFor: string | null;
}

export async function insertPlayerSession(
  db: Executor,
  session: {
    readonly playerId: bigint;
    readonly now: Date;
    readonly ip: string | null;
    readonly userAgent: string | null;
  },
): Promise<bigint> {
  const { now, ...values } = session;
  const [row] = await db
    .insert(playerSessions)
    .values({ ...values, createdAt: now, lastSeenAt: now })
    .returning({ id: playerSessions.id });
  if (row === undefined) throw new Error("an inserted session has an id");
  return row.id;
}

export async function insertRefreshToken(
  db: Executor,
  token: { readonly hash: Buffer; readonly sessionId: bigint; readonly expiresAt: Date },
): Promise<void> {
  await db.insert(playerRefreshTokens).values(token);
}

export interface RefreshRecord {
  readonly session: PlayerSessionRecord;
  readonly expiresAt: Date;
  readonly usedAt: Date | null;
}

/** Locks the session, so that two uses of one token come one after the other and the second is seen as a reuse. */
export async function lockRefreshToken(db: Executor, hash: Buffer): Promise<RefreshRecord | undefined> {
  const [row] = await queryRows<{
    id: string;
    player_id: string;
    created_at: string;
    last_seen_at: string;
    ip: string | null;
    user_agent: string | null;
    revoked_at: string | null;
    revoked_for: string | null;
    session_id: string;
  }>(
    db,
    sql`SELECT s.* FROM player_refresh_tokens t JOIN player_sessions s ON s.id = t.session_id
         WHERE t.hash = ${hash} FOR NO KEY UPDATE OF s`,
  );
  if (row === undefined) return undefined;
  const [token] = await db.select().from(playerRefreshTokens).where(eq(playerRefreshTokens.hash, hash));
  if (token === undefined) return undefined;
  return {
    session: {
      id: BigInt(row.id),
      playerId: BigInt(row.player_id),
      createdAt: readInstant(row.created_at),
      lastSeenAt: readInstant(row.last_seen_at),
      ip: row.ip,
      userAgent: row.user_agent,
      revokedAt: readInstantOrNull(row.revoked_at),
      revokedFor: row.revoked_for,
    },
    expiresAt: token.expiresAt,
    usedAt: token.usedAt,
  };
}

export async function spendRefreshToken(db: Executor, hash: Buffer, now: Date): Promise<void> {
  await db.update(playerRefreshTokens).set({ usedAt: now }).where(eq(playerRefreshTokens.hash, hash));
}

export async function touchPlayerSession(db: Executor, id: bigint, now: Date): Promise<void> {
  await db.update(playerSessions).set({ lastSeenAt: now }).where(eq(playerSessions.id, id));
}

export async function listPlayerSessions(
  db: Executor,
  playerId: bigint,
  limit: number,
): Promise<PlayerSessionRecord[]> {
  return db
    .select()
    .from(playerSessions)
    .where(eq(playerSessions.playerId, playerId))
    .orderBy(desc(playerSessions.id))
    .limit(limit);
}

export async function findPlayerSession(db: Executor, id: bigint): Promise<PlayerSessionRecord | undefined> {
  const [row] = await db.select().from(playerSessions).where(eq(playerSessions.id, id));
  return row;
}

export async function revokePlayerSession(
  db: Executor,
  session: { readonly id: bigint; readonly playerId: bigint },
  now: Date,
  why: string,
): Promise<boolean> {
  const rows = await db
    .update(playerSessions)
    .set({ revokedAt: now, revokedFor: why })
    .where(
      and(
        eq(playerSessions.id, session.id),
        eq(playerSessions.playerId, session.playerId),
        isNull(playerSessions.revokedAt),
      ),
    )
    .returning({ id: playerSessions.id });
  return rows.length === 1;
}

/** Ends all of a player's sessions but `keep`, with their opaque tokens and game sessions; how many sessions. */
export async function revokePlayerSessions(
  db: Executor,
  playerId: bigint,
  now: Date,
  why: string,
  keep?: bigint,
): Promise<number> {
  const rows = await db
    .update(playerSessions)
    .set({ revokedAt: now, revokedFor: why })
    .where(
      and(
        eq(playerSessions.playerId, playerId),
        isNull(playerSessions.revokedAt),
        keep === undefined ? undefined : ne(playerSessions.id, keep),
      ),
    )
    .returning({ id: playerSessions.id });
  await db.execute(
    sql`UPDATE player_tokens SET revoked_at = ${now} WHERE player_id = ${playerId} AND revoked_at IS NULL`,
  );
  await db.execute(sql`UPDATE game_sessions SET ended_at = ${now} WHERE player_id = ${playerId} AND ended_at IS NULL`);
  return rows.length;
}

export interface DeviceRecord {
  readonly id: bigint;
  readonly ip: string;
  readonly userAgent: string;
  readonly firstSeenAt: Date;
  /** Other players that were seen at the same address, which tells of shared devices. */
  readonly sharedWith: number;
}

export async function listDevices(db: Executor, playerId: bigint, limit: number): Promise<DeviceRecord[]> {
  const rows = await queryRows<{ id: string; ip: string; user_agent: string; first_seen_at: string; shared: string }>(
    db,
    sql`SELECT d.id, host(d.ip) AS ip, d.user_agent, d.first_seen_at,
               (SELECT count(DISTINCT o.player_id) FROM (
                  SELECT player_id FROM devices o WHERE o.ip = d.ip AND o.player_id <> d.player_id LIMIT 100) o) AS shared
          FROM devices d WHERE d.player_id = ${playerId} ORDER BY d.first_seen_at DESC, d.id LIMIT ${limit}`,
  );
  return rows.map((row) => ({
    id: BigInt(row.id),
    ip: row.ip,
    userAgent: row.user_agent,
    firstSeenAt: readInstant(row.first_seen_at),
    sharedWith: Number(row.shared),
  }));
}

export interface GameSessionRecord {
  readonly id: bigint;
  readonly gameCode: string;
  readonly startedAt: Date;
  readonly expiresAt: Date;
  readonly endedAt: Date | null;
}

export async function listGameSessions(db: Executor, playerId: bigint, limit: number): Promise<GameSessionRecord[]> {
  const rows = await queryRows<{
    id: string;
    code: string;
    started_at: string;
    expires_at: string;
    ended_at: string | null;
  }>(
    db,
    sql`SELECT s.id, g.code, s.started_at, s.expires_at, s.ended_at FROM game_sessions s JOIN games g ON g.id = s.game_id
         WHERE s.player_id = ${playerId} ORDER BY s.id DESC LIMIT ${limit}`,
  );
  return rows.map((row) => ({
    id: BigInt(row.id),
    gameCode: row.code,
    startedAt: readInstant(row.started_at),
    expiresAt: readInstant(row.expires_at),
    endedAt: readInstantOrNull(row.ended_at),
  }));
}
