/** The newest transactions that moved some wallets, as a part of other statements. */
import { type SQL, sql } from "drizzle-orm";
import { type Executor, queryRows } from "../kernel/executor.ts";

export async function listWalletIds(db: Executor, playerId: bigint): Promise<bigint[]> {
  const rows = await queryRows<{ id: string }>(
    db,
    sql`SELECT id FROM wallets WHERE player_id = ${playerId} ORDER BY id`,
  );
  return rows.map(({ id }) => BigInt(id));
}

/**
 * Selects `id`, newest first. Each wallet is named by its number: the planner then knows a wallet with a hundred thousand
 * postings from one with ten, and reads the former from its end instead of sorting all of it.
 */
export function newestPostings(
  wallets: readonly bigint[],
  { before, from }: { readonly before: bigint; readonly from: bigint },
  most: number,
  condition: SQL,
): SQL {
  if (wallets.length === 0) return sql`SELECT 0::bigint AS id WHERE false`;
  const each = wallets.map(
    (wallet) => sql`(SELECT transaction_id FROM postings
       WHERE wallet_id = ${wallet} AND transaction_id < ${before} AND transaction_id >= ${from} AND ${condition}
       ORDER BY transaction_id DESC LIMIT ${most})`,
  );
  return sql`SELECT DISTINCT transaction_id AS id FROM (${sql.join(each, sql` UNION ALL `)}) newest
              ORDER BY 1 DESC LIMIT ${most}`;
}
