import type { ScreeningRuleBody } from "@pitboss/domain/compliance/screening/screening-rule";
import { jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const screeningRules = pgTable("screening_rules", {
  version: id64("version").primaryKey().generatedAlwaysAsIdentity(),
  body: jsonb("body").$type<ScreeningRuleBody>().notNull(),
  setAt: instant("set_at").notNull().defaultNow(),
  setBy: text("set_by").notNull(),
  reason: text("reason").notNull(),
});
