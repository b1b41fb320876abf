import { sql } from "drizzle-orm";
import { integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const affiliatePaymentSteps = pgTable(
  "affiliate_payment_steps",
  {
    paymentId: id64("payment_id").notNull(),
    number: integer("number").notNull(),
    at: instant("at").notNull().default(sql`clock_timestamp()`),
    state: text("state").notNull(),
    actor: text("actor").notNull(),
    note: text("note"),
  },
  (table) => [primaryKey({ columns: [table.paymentId, table.number] })],
);
