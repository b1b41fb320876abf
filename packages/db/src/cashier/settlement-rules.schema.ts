import { integer, pgTable, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const settlementRules = pgTable("settlement_rules", {
  id: id64("id").primaryKey().generatedAlwaysAsIdentity(),
  psp: text("psp").notNull(),
  effectiveFrom: instant("effective_from").notNull(),
  reportDays: integer("report_days").notNull(),
  bankDays: integer("bank_days").notNull(),
});
