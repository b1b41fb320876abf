import { pgTable, primaryKey, smallint, text, uuid } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const payoutSends = pgTable(
  "payout_sends",
  {
    payoutId: id64("payout_id").notNull(),
    number: smallint("number").notNull(),
    idempotencyKey: uuid("idempotency_key").notNull(),
    begunAt: instant("begun_at").notNull().defaultNow(),
    endedAt: instant("ended_at"),
    outcome: text("outcome").$type<"ACCEPTED" | "REFUSED" | "UNANSWERED">(),
    said: text("said"),
  },
  (table) => [primaryKey({ columns: [table.payoutId, table.number] })],
);
