/** A payout on its chain, and who is told of it. */
import type { ChainStanding } from "@pitboss/domain/cashier/payout-machine";
import { and, eq, inArray, sql } from "drizzle-orm";
import type { Executor } from "../kernel/executor.ts";
import { payoutChains } from "./payout-chains.schema.ts";
import { travelMessages } from "./travel-messages.schema.ts";

export type TravelMessage = typeof travelMessages.$inferSelect;

export async function notePayoutChain(db: Executor, payoutId: bigint, standing: ChainStanding): Promise<void> {
  const row = {
    txHash: standing.hash,
    confirmations: standing.confirmations,
    feeAsset: standing.fee?.asset ?? null,
    feeAmount: standing.fee?.amount ?? null,
  };
  await db
    .insert(payoutChains)
    .values({ payoutId, ...row })
    .onConflictDoUpdate({ target: payoutChains.payoutId, set: { ...row, updatedAt: sql`clock_timestamp()` } });
}

export async function findPayoutChain(
  db: Executor,
  payoutId: bigint,
): Promise<typeof payoutChains.$inferSelect | undefined> {
  const [row] = await db.select().from(payoutChains).where(eq(payoutChains.payoutId, payoutId));
  return row;
}

/** Keeps what is to be told, once: a second one is not another. */
export async function keepTravelMessage(
  db: Executor,
  message: Pick<TravelMessage, "payoutId" | "keyId" | "sealed" | "counterparty">,
): Promise<void> {
  await db.insert(travelMessages).values(message).onConflictDoNothing();
}

export async function findTravelMessage(db: Executor, payoutId: bigint): Promise<TravelMessage | undefined> {
  const [row] = await db.select().from(travelMessages).where(eq(travelMessages.payoutId, payoutId));
  return row;
}

/** What became of telling it. What was answered stays answered. */
export async function moveTravelMessage(
  db: Executor,
  payoutId: bigint,
  change: Pick<TravelMessage, "state"> & Partial<Pick<TravelMessage, "reference" | "why" | "sentAt" | "answeredAt">>,
): Promise<void> {
  await db
    .update(travelMessages)
    .set(change)
    .where(and(eq(travelMessages.payoutId, payoutId), inArray(travelMessages.state, ["READY", "SENT"])));
}
