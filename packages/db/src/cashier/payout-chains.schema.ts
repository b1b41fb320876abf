import { sql } from "drizzle-orm";
import { integer, pgTable, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const payoutChains = pgTable("payout_chains", {
  payoutId: id64("payout_id").primaryKey(),
  txHash: text("tx_hash"),
  confirmations: integer("confirmations").notNull(),
  feeAsset: text("fee_asset"),
  feeAmount: text("fee_amount"),
  updatedAt: instant("updated_at").notNull().default(sql`clock_timestamp()`),
});
