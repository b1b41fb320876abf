/** Players' sessions, what was opened from them, and where they came from. */
import { and, desc, eq, gt, inArray, isNull, ne, type SQL, sql } from "drizzle-orm";
import { gameSessions } from "../gaming/game-sessions.schema.ts";
import { type Executor, queryRows, readInstant, readInstantOrNull } from "../kernel/executor.ts";
import { forgetKnownDevices } from "./known-device-store.ts";
import { playerCredentials } from "./player-credentials.schema.ts";
import { playerLinks } from "./player-links.schema.ts";
import { playerSessions } from "./player-sessions.schema.ts";

/** Removes every way in of a player that is erased. */
export async function deleteCredentials(db: Executor, playerId: bigint, now: Date): Promise<void> {
  await db.delete(playerCredentials).where(eq(playerCredentials.playerId, playerId));
  await db.delete(playerLinks).where(eq(playerLinks.playerId, playerId));
  await forgetKnownDevices(db, playerId, now);
}

export interface NewPlayerSession {
  readonly playerId: bigint;
  readonly deviceId: bigint;
  readonly ip: string | null;
  readonly userAgent: string | null;
}

export async function insertPlayerSession(db: Executor, session: NewPlayerSession, now: Date): Promise<bigint> {
  const [row] = await db
    .insert(playerSessions)
    .values({ ...session, createdAt: now, lastSeenAt: now })
    .returning({ id: playerSessions.id });
  if (row === undefined) throw new Error("an inserted session has an id");
  return row.id;
}

/** A session by its id, ended or not. */
export async function findPlayerSession(db: Executor, id: bigint): Promise<PlayerSessionRecord | undefined> {
  const [row] = await db.select().from(playerSessions).where(eq(playerSessions.id, id));
  return row;
}

/** It is in use, from here. */
export async function touchPlayerSession(
  db: Executor,
  id: bigint,
  { ip, userAgent }: { readonly ip: string | null; readonly userAgent: string | null },
  now: Date,
): Promise<void> {
  await db.update(playerSessions).set({ lastSeenAt: now, ip, userAgent }).where(eq(playerSessions.id, id));
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
  readonly deviceId: bigint | null;
}

/** Those that were not ended and were used since, newest first. */
export async function listUsedPlayerSessions(
  db: Executor,
  playerId: bigint,
  usedSince: Date,
  limit: number,
): Promise<PlayerSessionRecord[]> {
  return db
    .select()
    .from(playerSessions)
    .where(
      and(
        eq(playerSessions.playerId, playerId),
        isNull(playerSessions.revokedAt),
        gt(playerSessions.lastSeenAt, usedSince),
      ),
    )
    .orderBy(desc(playerSessions.id))
    .limit(limit);
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

/** Ends one session, and the game sessions that were opened from it. False where it is not there, or ended already. */
export async function revokePlayerSession(
  db: Executor,
  session: { readonly id: bigint; readonly playerId: bigint },
  now: Date,
  why: string,
): Promise<boolean> {
  const ended = await revokeWhere(
    db,
    and(eq(playerSessions.id, session.id), eq(playerSessions.playerId, session.playerId)),
    now,
    why,
  );
  return ended.length === 1;
}

/** Ends what was signed in from one device; which sessions. */
export async function revokeSessionsOfDevice(
  db: Executor,
  device: { readonly id: bigint; readonly playerId: bigint },
  now: Date,
  why: string,
): Promise<bigint[]> {
  return revokeWhere(
    db,
    and(eq(playerSessions.deviceId, device.id), eq(playerSessions.playerId, device.playerId)),
    now,
    why,
  );
}

/** Ends all of a player's sessions but `keep`, with their opaque tokens and game sessions; how many sessions. */
export async function revokePlayerSessions(
  db: Executor,
  playerId: bigint,
  now: Date,
  why: string,
  keep?: bigint,
): Promise<number> {
  const ended = await revokeWhere(
    db,
    and(eq(playerSessions.playerId, playerId), keep === undefined ? undefined : ne(playerSessions.id, keep)),
    now,
    why,
  );
  await db.execute(
    sql`UPDATE player_tokens SET revoked_at = ${now} WHERE player_id = ${playerId} AND revoked_at IS NULL`,
  );
  await db.execute(sql`
    UPDATE game_sessions SET ended_at = ${now}
     WHERE player_id = ${playerId} AND ended_at IS NULL AND (${keep ?? null}::bigint IS NULL OR player_session_id IS DISTINCT FROM ${keep ?? null}::bigint)`);
  return ended.length;
}

async function revokeWhere(db: Executor, which: SQL | undefined, now: Date, why: string): Promise<bigint[]> {
  const rows = await db
    .update(playerSessions)
    .set({ revokedAt: now, revokedFor: why })
    .where(and(which, isNull(playerSessions.revokedAt)))
    .returning({ id: playerSessions.id });
  const ids = rows.map(({ id }) => id);
  if (ids.length > 0) {
    await db
      .update(gameSessions)
      .set({ endedAt: now })
      .where(and(inArray(gameSessions.playerSessionId, ids), isNull(gameSessions.endedAt)));
  }
  return ids;
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
