import type { RegisterOccasion, RegisterOutcome } from "@pitboss/domain/compliance/register-check";
import { boolean, integer, pgTable, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const registerChecks = pgTable("register_checks", {
  id: id64("id").primaryKey().generatedAlwaysAsIdentity(),
  register: text("register").notNull(),
  playerId: id64("player_id"),
  occasion: text("occasion").$type<RegisterOccasion | "BATCH">().notNull(),
  outcome: text("outcome").$type<RegisterOutcome>().notNull(),
  allowed: boolean("allowed").notNull(),
  reference: text("reference"),
  pack: text("pack").notNull(),
  packVersion: integer("pack_version").notNull(),
  at: instant("at").notNull().defaultNow(),
});
