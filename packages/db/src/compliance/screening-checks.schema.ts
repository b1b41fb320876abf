import type { JsonObject } from "@pitboss/domain/kernel/json";
import { integer, jsonb, pgTable, smallint, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const screeningChecks = pgTable("screening_checks", {
  id: id64("id").primaryKey().generatedAlwaysAsIdentity(),
  playerId: id64("player_id").notNull(),
  trigger: text("trigger").$type<"VERIFICATION" | "FIRST_PAYOUT" | "MANUAL">().notNull(),
  at: instant("at").notNull().defaultNow(),
  lists: jsonb("lists").$type<JsonObject>().notNull(),
  ruleVersion: id64("rule_version").notNull(),
  algorithm: smallint("algorithm").notNull(),
  outcome: text("outcome").$type<"CLEAR" | "HIT" | "BLOCKED">().notNull(),
  matches: integer("matches").notNull(),
  by: text("by").notNull(),
});
