import { integer, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const lobbyExperiments = pgTable("lobby_experiments", {
  id: integer().primaryKey().generatedAlwaysAsIdentity(),
  code: text().notNull(),
  name: text().notNull(),
  variants: jsonb().notNull(),
  startedBy: id64("started_by").notNull(),
  startedAt: instant("started_at").notNull(),
  stoppedAt: instant("stopped_at"),
});
