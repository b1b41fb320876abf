/** Events of what moves no money, noted in the transaction that they tell of: a batch of the outbox without transactions. */
import { sql } from "drizzle-orm";
import type { Executor } from "../kernel/executor.ts";
import type { SideEvent } from "../wallet/door/batch.ts";

export async function noteEvent(db: Executor, event: SideEvent): Promise<void> {
  await db.execute(sql`
    INSERT INTO outbox (batch, transactions, events)
    VALUES (propose_batch_start() >> 10, 0, ${JSON.stringify([event])}::jsonb)`);
}
