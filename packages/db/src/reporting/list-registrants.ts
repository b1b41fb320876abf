/** Who opened an account in a time, and whether they were verified since: what no event of money tells. */
import { sql } from "drizzle-orm";
import { type Executor, queryRows } from "../kernel/executor.ts";

export interface Registrant {
  readonly playerId: bigint;
  /** Of any level above none. */
  readonly verified: boolean;
  /** The instant to the microsecond, as PostgreSQL writes it: with the id, where a page goes on. */
  readonly registeredAt: string;
}

/** In the order in which they came, `limit` at a time. */
export async function listRegistrants(
  db: Executor,
  time: { readonly from: Date; readonly to: Date; readonly countries: readonly string[] | null },
  page: { readonly after: Pick<Registrant, "playerId" | "registeredAt"> | undefined; readonly limit: number },
): Promise<Registrant[]> {
  const countries = time.countries === null ? null : JSON.stringify(time.countries);
  const { playerId = 0n, registeredAt = "-infinity" } = page.after ?? {};
  const rows = await queryRows<{ id: string; verified: boolean; registered_at: string }>(
    db,
    sql`SELECT id, kyc_level > 0 AS verified, created_at::text AS registered_at FROM players
         WHERE created_at >= ${time.from} AND created_at < ${time.to}
           AND (created_at, id) > (${registeredAt}::timestamptz, ${playerId}::bigint)
           AND (${countries}::jsonb IS NULL OR ${countries}::jsonb ? country)
         ORDER BY created_at, id LIMIT ${page.limit}`,
  );
  return rows.map(({ id, verified, registered_at }) => ({
    playerId: BigInt(id),
    verified,
    registeredAt: registered_at,
  }));
}
