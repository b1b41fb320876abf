/** What a new casino starts from: providers, games and machine keys. */
import { sql } from "drizzle-orm";
import type { Database } from "../kernel/pool.ts";

export async function isSeeded(db: Database): Promise<boolean> {
  const { rows } = await db.execute<{ seeded: boolean }>(sql`SELECT EXISTS (SELECT FROM providers) AS seeded`);
  return rows[0]?.seeded === true;
}

export async function insertProvider(db: Database, code: string, name: string): Promise<number> {
  const { rows } = await db.execute<{ id: number }>(
    sql`INSERT INTO providers (code, name) VALUES (${code}, ${name}) RETURNING id`,
  );
  return rows[0]?.id ?? 0;
}

export interface NewGame {
  readonly providerId: number;
  readonly code: string;
  readonly name: string;
  readonly category: string;
  readonly limits: Readonly<Record<string, { readonly min: string; readonly max: string }>>;
}

export async function insertGame(db: Database, game: NewGame): Promise<number> {
  const { rows } = await db.execute<{ id: number }>(sql`
    INSERT INTO games (provider_id, code, name, category, limits)
    VALUES (${game.providerId}, ${game.code}, ${game.name}, ${game.category}, ${JSON.stringify(game.limits)}::jsonb)
    RETURNING id`);
  return rows[0]?.id ?? 0;
}

/** `providerId` confines the key to one provider's games and bets. */
export async function insertMachineKey(
  db: Database,
  name: string,
  hash: Buffer,
  scopes: readonly string[],
  expiresAt: Date | null,
  providerId: number | null = null,
): Promise<void> {
  await db.execute(sql`
    INSERT INTO machine_keys (name, hash, scopes, expires_at, provider_id)
    VALUES (${name}, ${hash}, ${sql.param([...scopes])}::text[], ${expiresAt?.toISOString() ?? null}::timestamptz, ${providerId})`);
}
