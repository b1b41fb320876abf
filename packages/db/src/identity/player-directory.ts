/** Players as staff looks for them: lists with filters, by keyset, newest first. Each filter has an index of its own. */
import { type PlayerStatus, playerStatuses, playerStatusOf } from "@pitboss/domain/wallet/ledger-codes";
import { type SQL, sql } from "drizzle-orm";
import { type Executor, queryRows, readInstant } from "../kernel/executor.ts";

export interface PlayerRecord {
  readonly id: bigint;
  readonly status: PlayerStatus;
  readonly country: string;
  readonly brand: string;
  readonly nickname: string;
  readonly createdAt: Date;
  readonly tags: readonly string[];
  readonly emailVerifiedAt: Date | null;
  readonly erasedAt: Date | null;
}

export interface PlayerFilter {
  readonly status?: PlayerStatus | undefined;
  readonly country?: string | undefined;
  readonly tag?: string | undefined;
  /** Beginning of a nickname, any case. */
  readonly nickname?: string | undefined;
  /** Blind-index terms, all of which the player must have. */
  readonly terms?: readonly Buffer[] | undefined;
  readonly emailIndex?: Buffer | undefined;
  /** An address or a network. */
  readonly ip?: string | undefined;
  readonly deviceId?: bigint | undefined;
  readonly createdFrom?: string | undefined;
  readonly createdTo?: string | undefined;
  /** Only players with a smaller number. */
  readonly before?: bigint | undefined;
  readonly limit: number;
}

interface Row {
  readonly id: string;
  readonly status: number;
  readonly country: string;
  readonly brand: string;
  readonly nickname: string;
  readonly created_at: string;
  readonly tags: string[];
  readonly email_verified_at: string | null;
  readonly erased_at: string | null;
}

const columns = sql`p.id, p.status, p.country, p.brand, p.nickname, p.created_at,
  ARRAY(SELECT tag FROM player_tags t WHERE t.player_id = p.id ORDER BY tag) AS tags, d.email_verified_at, d.erased_at`;

export function listPlayersStatement(filter: PlayerFilter): SQL {
  const conditions: SQL[] = [sql`p.id < ${filter.before ?? 1n << 62n}`];
  if (filter.status !== undefined) conditions.push(sql`p.status = ${playerStatuses[filter.status]}`);
  // Said again in the words of the partial index, which a parameter alone would not let the planner use.
  if (filter.status !== undefined && filter.status !== "ACTIVE") conditions.push(sql`p.status <> 1`);
  if (filter.country !== undefined) conditions.push(sql`p.country = ${filter.country}`);
  if (filter.tag !== undefined) {
    conditions.push(sql`p.id IN (SELECT player_id FROM player_tags WHERE tag = ${filter.tag})`);
  }
  if (filter.nickname !== undefined) {
    const pattern = `${filter.nickname.toLowerCase().replace(/[\\%_]/g, "\\$&")}%`;
    conditions.push(sql`lower(p.nickname) LIKE ${pattern}`);
  }
  for (const term of filter.terms ?? []) {
    conditions.push(sql`p.id IN (SELECT player_id FROM player_search_terms WHERE term = ${term})`);
  }
  if (filter.emailIndex !== undefined) {
    // An address that its player has not proven yet is a search term, of the same hash.
    conditions.push(sql`p.id IN (
      SELECT player_id FROM player_details WHERE email_index = ${filter.emailIndex}
      UNION ALL SELECT player_id FROM player_search_terms WHERE term = ${filter.emailIndex.subarray(0, 16)})`);
  }
  if (filter.ip !== undefined) {
    conditions.push(sql`p.id IN (
      SELECT player_id FROM devices WHERE ip <<= ${filter.ip}::inet
      UNION SELECT player_id FROM player_sessions WHERE ip <<= ${filter.ip}::inet)`);
  }
  if (filter.deviceId !== undefined) {
    conditions.push(sql`p.id = (SELECT player_id FROM devices WHERE id = ${filter.deviceId})`);
  }
  if (filter.createdFrom !== undefined) conditions.push(sql`p.created_at >= ${filter.createdFrom}::timestamptz`);
  if (filter.createdTo !== undefined) conditions.push(sql`p.created_at < ${filter.createdTo}::timestamptz`);
  // The page is chosen first and decorated afterwards, so that what decorates is read for one page only.
  return sql`
    SELECT ${columns} FROM (
      SELECT p.* FROM players p WHERE ${sql.join(conditions, sql` AND `)} ORDER BY p.id DESC LIMIT ${filter.limit}) p
      LEFT JOIN player_details d ON d.player_id = p.id ORDER BY p.id DESC`;
}

export async function listPlayers(db: Executor, filter: PlayerFilter): Promise<PlayerRecord[]> {
  return (await queryRows<Row>(db, listPlayersStatement(filter))).map(readPlayer);
}

export async function findPlayer(db: Executor, id: bigint): Promise<PlayerRecord | undefined> {
  const [row] = await queryRows<Row>(
    db,
    sql`SELECT ${columns} FROM players p LEFT JOIN player_details d ON d.player_id = p.id WHERE p.id = ${id}`,
  );
  return row && readPlayer(row);
}

export async function findPlayerStatus(db: Executor, id: bigint): Promise<PlayerStatus | undefined> {
  const [row] = await queryRows<{ status: number }>(db, sql`SELECT status FROM players WHERE id = ${id}`);
  return row && playerStatusOf(row.status);
}

/** Waits for bets that are being decided, and holds for every one after: the door reads the same row under its lock. */
export async function lockPlayerStatus(db: Executor, id: bigint): Promise<PlayerStatus | undefined> {
  const [row] = await queryRows<{ status: number }>(
    db,
    sql`SELECT status FROM players WHERE id = ${id} FOR NO KEY UPDATE`,
  );
  return row && playerStatusOf(row.status);
}

export async function setPlayerStatus(db: Executor, id: bigint, status: PlayerStatus): Promise<void> {
  await db.execute(sql`UPDATE players SET status = ${playerStatuses[status]} WHERE id = ${id}`);
}

/** A nickname is chosen by its player, and goes with the rest of their data. */
export async function clearNickname(db: Executor, id: bigint): Promise<void> {
  await db.execute(sql`UPDATE players SET nickname = 'erased' WHERE id = ${id}`);
}

/** Anything in the ledger at all: what decides whether identity data must be kept. */
export async function hasMovedMoney(db: Executor, playerId: bigint): Promise<boolean> {
  const rows = await queryRows<object>(
    db,
    sql`SELECT FROM wallets WHERE player_id = ${playerId} AND last_transaction > 0 LIMIT 1`,
  );
  return rows.length > 0;
}

export async function addTag(db: Executor, playerId: bigint, tag: string, by: string): Promise<boolean> {
  const { rowCount } = await db.execute(sql`
    INSERT INTO player_tags (player_id, tag, added_by) SELECT id, ${tag}, ${by} FROM players WHERE id = ${playerId}
    ON CONFLICT DO NOTHING`);
  return rowCount === 1;
}

export async function removeTag(db: Executor, playerId: bigint, tag: string): Promise<boolean> {
  const { rowCount } = await db.execute(sql`DELETE FROM player_tags WHERE player_id = ${playerId} AND tag = ${tag}`);
  return rowCount === 1;
}

/** The tags in use, most used first, for the filter's list. */
export async function listTags(db: Executor): Promise<{ readonly tag: string; readonly players: number }[]> {
  const rows = await queryRows<{ tag: string; players: string }>(
    db,
    sql`SELECT tag, count(*) AS players FROM player_tags GROUP BY tag ORDER BY count(*) DESC, tag LIMIT 200`,
  );
  return rows.map(({ tag, players }) => ({ tag, players: Number(players) }));
}

function readPlayer(row: Row): PlayerRecord {
  return {
    id: BigInt(row.id),
    status: playerStatusOf(row.status),
    country: row.country,
    brand: row.brand,
    nickname: row.nickname,
    createdAt: readInstant(row.created_at),
    tags: row.tags,
    emailVerifiedAt: row.email_verified_at === null ? null : readInstant(row.email_verified_at),
    erasedAt: row.erased_at === null ? null : readInstant(row.erased_at),
  };
}
