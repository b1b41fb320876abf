/** What the verification vendor sent, for those who look after it. */
import { and, count, desc, eq, isNotNull, lt, type SQL } from "drizzle-orm";
import type { Executor } from "../kernel/executor.ts";
import { kycWebhooks } from "./kyc-webhooks.schema.ts";

export type KycWebhook = typeof kycWebhooks.$inferSelect;
export type KycWebhookState = KycWebhook["state"];
export const kycWebhookStates = ["STORED", "DONE", "DEAD", "FORGED"] as const satisfies readonly KycWebhookState[];

export interface KycWebhookFilter {
  readonly state?: KycWebhookState | undefined;
  readonly before?: bigint | undefined;
  readonly limit: number;
}

/** Newest first, by keyset. */
export async function listKycWebhooks(db: Executor, filter: KycWebhookFilter): Promise<KycWebhook[]> {
  const { state, before, limit } = filter;
  const conditions: (SQL | undefined)[] = [
    state === undefined ? undefined : eq(kycWebhooks.state, state),
    before === undefined ? undefined : lt(kycWebhooks.id, before),
  ];
  return db
    .select()
    .from(kycWebhooks)
    .where(and(...conditions))
    .orderBy(desc(kycWebhooks.id))
    .limit(limit);
}

export async function countDeadKycWebhooks(db: Executor): Promise<number> {
  const [row] = await db.select({ dead: count() }).from(kycWebhooks).where(eq(kycWebhooks.state, "DEAD"));
  return row?.dead ?? 0;
}

export async function findKycWebhook(db: Executor, id: bigint): Promise<KycWebhook | undefined> {
  const [row] = await db.select().from(kycWebhooks).where(eq(kycWebhooks.id, id));
  return row;
}

/** False where it is no dead letter, or one that can't be read. */
export async function reviveKycWebhook(db: Executor, id: bigint, dueAt: Date): Promise<boolean> {
  const revived = await db
    .update(kycWebhooks)
    .set({ state: "STORED", dueAt, attempts: 0, doneAt: null })
    .where(and(eq(kycWebhooks.id, id), eq(kycWebhooks.state, "DEAD"), isNotNull(kycWebhooks.eventKey)))
    .returning({ id: kycWebhooks.id });
  return revived.length === 1;
}
