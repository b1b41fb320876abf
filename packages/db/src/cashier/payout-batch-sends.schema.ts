import { sql } from "drizzle-orm";
import { pgTable, primaryKey, smallint, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const payoutBatchSends = pgTable(
  "payout_batch_sends",
  {
    batchId: id64("batch_id").notNull(),
    number: smallint("number").notNull(),
    begunAt: instant("begun_at").notNull().default(sql`clock_timestamp()`),
    endedAt: instant("ended_at"),
    outcome: text("outcome").$type<"ACCEPTED" | "REFUSED" | "UNANSWERED">(),
    said: text("said"),
  },
  (table) => [primaryKey({ columns: [table.batchId, table.number] })],
);
