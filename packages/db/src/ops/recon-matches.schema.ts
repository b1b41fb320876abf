import type { BreakSource } from "@pitboss/domain/ops/breaks/break-types";
import { pgTable, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const reconMatches = pgTable("recon_matches", {
  id: id64("id").primaryKey().generatedAlwaysAsIdentity(),
  source: text("source").$type<BreakSource>().notNull(),
  scope: text("scope").notNull(),
  ours: text("ours").notNull(),
  theirs: text("theirs").notNull(),
  breakId: id64("break_id").notNull(),
  madeAt: instant("made_at").notNull().defaultNow(),
});
