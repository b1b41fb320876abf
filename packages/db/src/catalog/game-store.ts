/** Games as staff see and change them. */
import type { GameEntry } from "@pitboss/domain/catalog/game-entry";
import type { GameStatus } from "@pitboss/domain/catalog/game-status";
import { type SQL, sql } from "drizzle-orm";
import { textArray } from "../kernel/arrays.ts";
import { type Executor, queryRows } from "../kernel/executor.ts";
import { gameStatus } from "./game-status.ts";

export interface GameRecord extends GameEntry {
  readonly id: number;
  readonly providerCode: string;
  readonly providerName: string;
  readonly status: GameStatus;
  readonly open: boolean;
  /** ISO 8601, UTC. */
  readonly updatedAt: string;
}

const columns = sql`g.id, g.code, g.name, g.category, g.tags, g.devices, g.languages,
  g.banned_countries AS "bannedCountries", g.jurisdictions, g.limits, g.rtp_versions AS "rtpVersions",
  g.side_bets AS "sideBets", g.provider_limits AS "providerLimits", g.open, ${gameStatus} AS status,
  p.code AS "providerCode", p.name AS "providerName",
  to_char(g.updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS "updatedAt"`;

export interface GameFilter {
  /** A part of the code or the name. */
  readonly search?: string | undefined;
  readonly provider?: string | undefined;
  readonly category?: string | undefined;
  readonly tag?: string | undefined;
  readonly status?: GameStatus | undefined;
  /** Codes after this one. */
  readonly after?: string | undefined;
  readonly limit: number;
}

/** In the order of their codes. */
export async function searchGames(db: Executor, filter: GameFilter): Promise<GameRecord[]> {
  const conditions: SQL[] = [sql`true`];
  if (filter.search !== undefined) {
    const pattern = `%${filter.search.replace(/[\\%_]/g, "\\$&")}%`;
    conditions.push(sql`(g.code ILIKE ${pattern} OR g.name ILIKE ${pattern})`);
  }
  if (filter.provider !== undefined) conditions.push(sql`p.code = ${filter.provider}`);
  if (filter.category !== undefined) conditions.push(sql`g.category = ${filter.category}`);
  if (filter.tag !== undefined) conditions.push(sql`g.tags @> ARRAY[${filter.tag}]::text[]`);
  if (filter.status !== undefined) conditions.push(sql`${gameStatus} = ${filter.status}`);
  if (filter.after !== undefined) conditions.push(sql`g.code > ${filter.after}`);
  return queryRows<GameRecord>(
    db,
    sql`SELECT ${columns} FROM games g JOIN providers p ON p.id = g.provider_id
         WHERE ${sql.join(conditions, sql` AND `)} ORDER BY g.code LIMIT ${filter.limit}`,
  );
}

export async function findGames(db: Executor, codes: readonly string[]): Promise<GameRecord[]> {
  return queryRows<GameRecord>(
    db,
    sql`SELECT ${columns} FROM games g JOIN providers p ON p.id = g.provider_id
         WHERE g.code = ANY(${textArray(codes)}::text[]) ORDER BY g.code`,
  );
}

/** Locks the game's row for the transaction, so that two changes do not overlap. */
export async function lockGame(db: Executor, code: string): Promise<GameRecord | undefined> {
  const [game] = await queryRows<GameRecord>(
    db,
    sql`SELECT ${columns} FROM games g JOIN providers p ON p.id = g.provider_id WHERE g.code = ${code} FOR UPDATE OF g`,
  );
  return game;
}

/** Writes games of one provider: new ones open, known ones as they now are. */
export async function upsertGames(db: Executor, providerId: number, games: readonly GameEntry[]): Promise<void> {
  await db.execute(sql`
    INSERT INTO games AS g (provider_id, code, name, category, tags, devices, languages, banned_countries, jurisdictions,
                            limits, rtp_versions, side_bets, provider_limits)
    SELECT ${providerId}, e.code, e.name, e.category, e.tags, e.devices, e.languages, e."bannedCountries", e.jurisdictions,
           e.limits, e."rtpVersions", e."sideBets", e."providerLimits"
      FROM jsonb_to_recordset(${JSON.stringify(games)}::jsonb) AS e (
           code text, name text, category text, tags text[], devices text[], languages text[], "bannedCountries" text[],
           jurisdictions text[], limits jsonb, "rtpVersions" jsonb, "sideBets" jsonb, "providerLimits" jsonb)
    ON CONFLICT (code) DO UPDATE SET
      name = excluded.name, category = excluded.category, tags = excluded.tags, devices = excluded.devices,
      languages = excluded.languages, banned_countries = excluded.banned_countries,
      jurisdictions = excluded.jurisdictions, limits = excluded.limits, rtp_versions = excluded.rtp_versions,
      side_bets = excluded.side_bets, provider_limits = excluded.provider_limits, updated_at = now()
      WHERE g.provider_id = excluded.provider_id`);
}

export async function setGameOpen(db: Executor, id: number, open: boolean): Promise<void> {
  await db.execute(sql`UPDATE games SET open = ${open}, updated_at = now() WHERE id = ${id}`);
}

/** What a list can be narrowed by. */
export async function listGameFacets(db: Executor): Promise<{ categories: string[]; tags: string[] }> {
  const [row] = await queryRows<{ categories: string[]; tags: string[] }>(
    db,
    sql`SELECT ARRAY(SELECT DISTINCT category FROM games ORDER BY 1) AS categories,
               ARRAY(SELECT DISTINCT unnest(tags) FROM games ORDER BY 1) AS tags`,
  );
  return row ?? { categories: [], tags: [] };
}
