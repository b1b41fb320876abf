/**
 * Events of what moves no money: noted in the outbox by the transaction that they tell of, in a batch of their own that
 * holds no transactions.
 */
import { sql } from "drizzle-orm";
import type { Transaction } from "../kernel/executor.ts";
import type { SideEvent } from "../wallet/door/batch.ts";

export async function writeEvents(tx: Transaction, events: readonly SideEvent[]): Promise<void> {
  if (events.length === 0) return;
  await tx.execute(sql`
    INSERT INTO outbox (batch, transactions, events) VALUES (propose_batch_start() >> 10, 0, ${JSON.stringify(events)}::jsonb)`);
}
