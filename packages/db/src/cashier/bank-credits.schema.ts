import type { CreditState } from "@pitboss/domain/cashier/bank/credit-machine";
import { sql } from "drizzle-orm";
import { date, pgTable, smallint, text } from "drizzle-orm/pg-core";
import { bytea, id64, instant } from "../kernel/columns.ts";

export const bankCredits = pgTable("bank_credits", {
  id: id64("id").primaryKey().generatedAlwaysAsIdentity(),
  bank: text("bank").notNull(),
  entryReference: text("entry_reference").notNull(),
  currency: smallint("currency").notNull(),
  amount: id64("amount").notNull(),
  bookedOn: date("booked_on", { mode: "string" }).notNull(),
  toldBy: text("told_by").notNull(),
  reference: text("reference"),
  endToEndId: text("end_to_end_id"),
  returnReason: text("return_reason"),
  sealed: bytea("sealed").notNull(),
  payerIndex: bytea("payer_index"),
  state: text("state").$type<CreditState>().notNull().default("RECEIVED"),
  why: text("why"),
  playerId: id64("player_id"),
  depositId: id64("deposit_id"),
  payoutId: id64("payout_id"),
  approvalId: id64("approval_id"),
  receivedAt: instant("received_at").notNull().default(sql`clock_timestamp()`),
  updatedAt: instant("updated_at").notNull().default(sql`clock_timestamp()`),
  workAt: instant("work_at"),
});
