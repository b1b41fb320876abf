import { integer, pgTable, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const routingRules = pgTable("routing_rules", {
  id: id64("id").primaryKey().generatedAlwaysAsIdentity(),
  name: text("name").notNull(),
  effectiveFrom: instant("effective_from").notNull(),
  priority: integer("priority").notNull(),
  method: text("method").notNull(),
  country: text("country"),
  currency: text("currency"),
  minAmount: id64("min_amount"),
  maxAmount: id64("max_amount"),
  psps: text("psps").array().notNull(),
  reason: text("reason").notNull(),
  madeBy: text("made_by").notNull(),
  madeAt: instant("made_at").notNull().defaultNow(),
});
