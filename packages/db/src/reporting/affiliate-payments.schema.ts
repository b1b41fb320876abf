import { sql } from "drizzle-orm";
import { integer, pgTable, smallint, text, uuid } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const affiliatePayments = pgTable("affiliate_payments", {
  id: id64("id").primaryKey().generatedAlwaysAsIdentity(),
  affiliateId: id64("affiliate_id").notNull(),
  currency: smallint("currency").notNull(),
  amount: id64("amount").notNull(),
  psp: text("psp").notNull(),
  token: text("token").notNull(),
  label: text("label").notNull(),
  payeeVersion: integer("payee_version").notNull(),
  state: text("state")
    .$type<"APPROVED" | "SUBMITTED" | "UNKNOWN" | "PAID" | "RETURNED">()
    .notNull()
    .default("APPROVED"),
  requestKey: uuid("request_key").notNull(),
  pspReference: text("psp_reference"),
  failure: text("failure"),
  createdAt: instant("created_at").notNull().defaultNow(),
  firstSentAt: instant("first_sent_at"),
  lastSentAt: instant("last_sent_at"),
  workAt: instant("work_at").default(sql`now()`),
  endedAt: instant("ended_at"),
  releasedAt: instant("released_at"),
});
