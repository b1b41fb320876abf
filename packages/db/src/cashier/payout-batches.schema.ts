import type { BatchState } from "@pitboss/domain/cashier/bank/batch-machine";
import { sql } from "drizzle-orm";
import { integer, pgTable, smallint, text } from "drizzle-orm/pg-core";
import { bytea, id64, instant } from "../kernel/columns.ts";

export const payoutBatches = pgTable("payout_batches", {
  id: id64("id").primaryKey().generatedAlwaysAsIdentity(),
  bank: text("bank").notNull(),
  currency: smallint("currency").notNull(),
  messageId: text("message_id").notNull(),
  state: text("state").$type<BatchState>().notNull().default("GATHERING"),
  count: integer("count"),
  controlSum: id64("control_sum"),
  sealed: bytea("sealed"),
  fileHash: bytea("file_hash"),
  said: text("said"),
  createdAt: instant("created_at").notNull().default(sql`clock_timestamp()`),
  updatedAt: instant("updated_at").notNull().default(sql`clock_timestamp()`),
  firstSentAt: instant("first_sent_at"),
  lastSentAt: instant("last_sent_at"),
  workAt: instant("work_at"),
  worked: integer("worked").notNull().default(0),
});
