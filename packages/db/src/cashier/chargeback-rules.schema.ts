import { integer, pgTable } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const chargebackRules = pgTable("chargeback_rules", {
  id: id64("id").primaryKey().generatedAlwaysAsIdentity(),
  effectiveFrom: instant("effective_from").notNull(),
  lockAt: integer("lock_at").notNull(),
  withinDays: integer("within_days").notNull(),
  approvalId: id64("approval_id"),
});
