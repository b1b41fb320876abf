import type { JsonObject } from "@pitboss/domain/kernel/json";
import type { AlertState } from "@pitboss/domain/risk/monitoring/alert-machine";
import type { Desk, Severity } from "@pitboss/domain/risk/monitoring/monitoring-rule";
import { integer, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const monitoringAlerts = pgTable("monitoring_alerts", {
  id: id64("id").primaryKey().generatedAlwaysAsIdentity(),
  desk: text("desk").$type<Desk>().notNull(),
  ruleCode: text("rule_code").notNull(),
  ruleVersion: integer("rule_version").notNull(),
  playerId: id64("player_id").notNull(),
  severity: text("severity").$type<Severity>().notNull(),
  trigger: text("trigger").notNull(),
  happenedAt: instant("happened_at").notNull(),
  foundAt: instant("found_at").notNull().defaultNow(),
  measured: jsonb("measured").$type<Readonly<Record<string, string>>>().notNull(),
  evidence: jsonb("evidence").$type<readonly JsonObject[]>().notNull(),
  state: text("state").$type<AlertState>().notNull().default("OPEN"),
  reaction: jsonb("reaction").$type<JsonObject>().notNull(),
  caseId: id64("case_id"),
  dueAt: instant("due_at").notNull(),
  owner: id64("owner"),
  decidedAt: instant("decided_at"),
  decidedBy: text("decided_by"),
  reason: text("reason"),
});
