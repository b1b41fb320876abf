import { sql } from "drizzle-orm";
import { integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export type BatchItemState = "GATHERED" | "SENT" | "DROPPED" | "PENDING" | "PAID" | "FAILED";

export const payoutBatchItems = pgTable(
  "payout_batch_items",
  {
    batchId: id64("batch_id").notNull(),
    number: integer("number").notNull(),
    payoutId: id64("payout_id"),
    creditId: id64("credit_id"),
    amount: id64("amount").notNull(),
    state: text("state").$type<BatchItemState>().notNull().default("GATHERED"),
    status: text("status"),
    reason: text("reason"),
    bankReference: text("bank_reference"),
    updatedAt: instant("updated_at").notNull().default(sql`clock_timestamp()`),
  },
  (table) => [primaryKey({ columns: [table.batchId, table.number] })],
);
