import { integer, pgTable, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const depositRules = pgTable("deposit_rules", {
  id: id64("id").primaryKey().generatedAlwaysAsIdentity(),
  method: text("method").notNull(),
  currency: text("currency").notNull(),
  effectiveFrom: instant("effective_from").notNull(),
  minAmount: id64("min_amount").notNull(),
  maxAmount: id64("max_amount").notNull(),
  mostAnHour: integer("most_an_hour").notNull(),
  openMinutes: integer("open_minutes").notNull(),
  approvalId: id64("approval_id"),
});
