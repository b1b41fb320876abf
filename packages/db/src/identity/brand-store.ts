/** The names under which the house meets players. */
import { sql } from "drizzle-orm";
import { type Executor, queryRows, readInstant } from "../kernel/executor.ts";

export interface BrandRecord {
  readonly code: string;
  readonly name: string;
  readonly openedAt: Date;
}

/** In the order in which they were opened. */
export async function listBrands(db: Executor): Promise<BrandRecord[]> {
  const rows = await queryRows<{ code: string; name: string; opened_at: string }>(
    db,
    sql`SELECT code, name, opened_at FROM brands ORDER BY opened_at, code`,
  );
  return rows.map(({ code, name, opened_at: openedAt }) => ({ code, name, openedAt: readInstant(openedAt) }));
}

export async function hasBrand(db: Executor, code: string): Promise<boolean> {
  const rows = await queryRows(db, sql`SELECT 1 FROM brands WHERE code = ${code}`);
  return rows.length > 0;
}

/** False where there is one of that code already. */
export async function insertBrand(db: Executor, { code, name }: Pick<BrandRecord, "code" | "name">): Promise<boolean> {
  const { rowCount } = await db.execute(
    sql`INSERT INTO brands (code, name) VALUES (${code}, ${name}) ON CONFLICT (code) DO NOTHING`,
  );
  return rowCount === 1;
}
