import type { GameStatus } from "@pitboss/domain/catalog/game-status";
import { sql } from "drizzle-orm";
import type { Database } from "../kernel/pool.ts";
import { gameStatus } from "./game-status.ts";

export interface GameRow {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly category: string;
  readonly status: GameStatus;
  readonly tags: readonly string[];
  readonly devices: readonly string[];
  readonly languages: readonly string[];
  readonly bannedCountries: readonly string[];
  readonly jurisdictions: readonly string[];
  readonly providerId: number;
  readonly providerCode: string;
  /** Decimal strings by currency. */
  readonly limits: Readonly<Record<string, { readonly min: string; readonly max: string }>>;
}

export async function listGames(db: Database): Promise<GameRow[]> {
  const { rows } = await db.execute<GameRow & Record<string, unknown>>(sql`
    SELECT g.id, g.code, g.name, g.category, ${gameStatus} AS status, g.tags, g.devices, g.languages,
           g.banned_countries AS "bannedCountries", g.jurisdictions, g.provider_id AS "providerId", p.code AS "providerCode", g.limits
      FROM games g JOIN providers p ON p.id = g.provider_id ORDER BY g.id`);
  return rows;
}
