/** What the custodian last said of its accounts of ours. */
import { sql } from "drizzle-orm";
import type { Executor } from "../kernel/executor.ts";
import { custodyBalances } from "./custody-balances.schema.ts";

export type CustodyBalance = typeof custodyBalances.$inferSelect;

export async function keepCustodyBalance(db: Executor, balance: CustodyBalance): Promise<void> {
  await db
    .insert(custodyBalances)
    .values(balance)
    .onConflictDoUpdate({
      target: [custodyBalances.custodian, custodyBalances.vault, custodyBalances.asset],
      set: { total: balance.total, available: balance.available, hot: balance.hot, readAt: balance.readAt },
      // An older answer that comes late says nothing new.
      setWhere: sql`${custodyBalances.readAt} <= excluded.read_at`,
    });
}

export async function listCustodyBalances(db: Executor): Promise<CustodyBalance[]> {
  return db
    .select()
    .from(custodyBalances)
    .orderBy(custodyBalances.custodian, custodyBalances.asset, custodyBalances.vault);
}
