import type { ChargebackState } from "@pitboss/domain/cashier/chargeback";
import { pgTable, smallint, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const chargebacks = pgTable("chargebacks", {
  id: id64("id").primaryKey().generatedAlwaysAsIdentity(),
  depositId: id64("deposit_id").notNull(),
  playerId: id64("player_id").notNull(),
  psp: text("psp").notNull(),
  pspReference: text("psp_reference").notNull(),
  state: text("state").$type<ChargebackState>().notNull().default("OPENED"),
  currency: smallint("currency").notNull(),
  amount: id64("amount").notNull(),
  lost: id64("lost").notNull(),
  reasonCode: text("reason_code").notNull(),
  reason: text("reason").notNull(),
  openedAt: instant("opened_at").notNull().defaultNow(),
  dueAt: instant("due_at"),
  closedAt: instant("closed_at"),
  transactionId: id64("transaction_id").notNull(),
  reversalId: id64("reversal_id"),
});
