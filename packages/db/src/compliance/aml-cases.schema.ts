import type { AmlCaseState } from "@pitboss/domain/compliance/aml/case-machine";
import type { Severity } from "@pitboss/domain/risk/monitoring/monitoring-rule";
import { pgTable, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const amlCases = pgTable("aml_cases", {
  id: id64("id").primaryKey().generatedAlwaysAsIdentity(),
  playerId: id64("player_id").notNull(),
  state: text("state").$type<AmlCaseState>().notNull().default("OPEN"),
  severity: text("severity").$type<Severity>().notNull(),
  owner: id64("owner"),
  openedAt: instant("opened_at").notNull().defaultNow(),
  dueAt: instant("due_at").notNull(),
  decidedAt: instant("decided_at"),
  decidedBy: text("decided_by"),
});
