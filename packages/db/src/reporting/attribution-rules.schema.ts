import { integer, pgTable, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const attributionRules = pgTable("attribution_rules", {
  id: id64("id").primaryKey().generatedAlwaysAsIdentity(),
  model: text("model").$type<"FIRST" | "LAST">().notNull(),
  windowDays: integer("window_days").notNull(),
  effectiveFrom: instant("effective_from").notNull().defaultNow(),
  actor: text("actor").notNull(),
  reason: text("reason").notNull(),
});
