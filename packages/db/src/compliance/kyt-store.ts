/** Looks at the past of addresses, and the addresses that stand on lists of sanctions. */
import type { ListedAddress } from "@pitboss/domain/compliance/kyt/decide-kyt";
import { desc, eq, sql } from "drizzle-orm";
import { type Executor, queryRows } from "../kernel/executor.ts";
import { kytChecks } from "./kyt-checks.schema.ts";

export type KytCheck = typeof kytChecks.$inferSelect;

export async function insertKytCheck(db: Executor, check: typeof kytChecks.$inferInsert): Promise<bigint> {
  const [row] = await db.insert(kytChecks).values(check).returning({ id: kytChecks.id });
  if (row === undefined) throw new Error("an inserted check has an id");
  return row.id;
}

/** Newest first. */
export async function listKytChecks(
  db: Executor,
  of: { readonly depositId: bigint } | { readonly payoutId: bigint },
): Promise<KytCheck[]> {
  const subject = "depositId" in of ? eq(kytChecks.depositId, of.depositId) : eq(kytChecks.payoutId, of.payoutId);
  return db.select().from(kytChecks).where(subject).orderBy(desc(kytChecks.id)).limit(20);
}

/** Those of the addresses that a list in force has, whatever asset it names them for. */
export async function findListedAddresses(db: Executor, addresses: readonly string[]): Promise<ListedAddress[]> {
  if (addresses.length === 0) return [];
  const wanted = addresses.map((address) => [{ address: address.toLowerCase() }]);
  const rows = await queryRows<{ address: string; source: string; ref: string; name: string | null }>(
    db,
    sql`SELECT w.address, e.source, e.ref, e.body #>> '{names,0,full}' AS name
          FROM jsonb_array_elements(${JSON.stringify(wanted)}::jsonb) AS wanted (entry)
          JOIN screening_entries e ON e.until_list IS NULL AND e.body ? 'wallets'
           AND lower((e.body -> 'wallets')::text)::jsonb @> wanted.entry
         CROSS JOIN LATERAL (SELECT wanted.entry #>> '{0,address}' AS address) w
         ORDER BY e.source, e.ref`,
  );
  return rows.map(({ address, source, ref, name }) => ({ address, source, ref, name: name ?? "?" }));
}
