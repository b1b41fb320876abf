import type { StaleStop } from "@pitboss/domain/gaming/judge-stale-run";
import { bigint, integer, jsonb, pgTable, smallint, text } from "drizzle-orm/pg-core";
import { instant } from "../kernel/columns.ts";

export const staleRuns = pgTable("stale_runs", {
  id: bigint({ mode: "bigint" }).primaryKey().generatedAlwaysAsIdentity(),
  providerId: integer("provider_id").notNull(),
  startedAt: instant("started_at").notNull(),
  endedAt: instant("ended_at"),
  ruleVersion: smallint("rule_version").notNull(),
  found: integer().notNull(),
  sums: jsonb().$type<readonly { readonly currency: string; readonly amount: string }[]>().notNull(),
  stop: text().$type<StaleStop>(),
  over: text(),
  voided: integer().notNull().default(0),
  refused: integer().notNull().default(0),
  failed: integer().notNull().default(0),
});
