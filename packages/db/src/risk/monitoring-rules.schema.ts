import type { Desk, RuleBody } from "@pitboss/domain/risk/monitoring/monitoring-rule";
import { integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const monitoringRules = pgTable(
  "monitoring_rules",
  {
    code: text("code").notNull(),
    version: integer("version").notNull(),
    desk: text("desk").$type<Desk>().notNull(),
    body: jsonb("body").$type<RuleBody>().notNull(),
    setAt: instant("set_at").notNull().defaultNow(),
    setBy: text("set_by").notNull(),
    reason: text("reason").notNull(),
    approvalId: id64("approval_id"),
  },
  (table) => [primaryKey({ columns: [table.code, table.version] })],
);
