/** Providers of games: who they are, and whether staff have paused them. */
import { eq, sql } from "drizzle-orm";
import { type Executor, queryRows } from "../kernel/executor.ts";
import { providers } from "./providers.schema.ts";

export interface ProviderRecord {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly pausedAt: Date | null;
  readonly pausedReason: string | null;
  readonly games: number;
}

export async function listProviders(db: Executor): Promise<ProviderRecord[]> {
  const rows = await db
    .select({
      id: providers.id,
      code: providers.code,
      name: providers.name,
      pausedAt: providers.pausedAt,
      pausedReason: providers.pausedReason,
      games: sql<string>`(SELECT count(*) FROM games WHERE provider_id = ${providers.id})`,
    })
    .from(providers)
    .orderBy(providers.code);
  return rows.map((row) => ({ ...row, games: Number(row.games) }));
}

/** Locks the provider's row for the transaction. */
export async function lockProvider(
  db: Executor,
  code: string,
): Promise<{ readonly id: number; readonly paused: boolean; readonly reason: string | null } | undefined> {
  const [row] = await queryRows<{ id: number; paused: boolean; reason: string | null }>(
    db,
    sql`SELECT id, paused_at IS NOT NULL AS paused, paused_reason AS reason FROM providers WHERE code = ${code} FOR UPDATE`,
  );
  return row;
}

export async function setPaused(
  db: Executor,
  id: number,
  paused: { readonly at: Date; readonly reason: string } | null,
): Promise<void> {
  await db
    .update(providers)
    .set({ pausedAt: paused?.at ?? null, pausedReason: paused?.reason ?? null })
    .where(eq(providers.id, id));
}
