import type { JsonObject } from "@pitboss/domain/kernel/json";
import { jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const rgInteractions = pgTable("rg_interactions", {
  id: id64("id").primaryKey().generatedAlwaysAsIdentity(),
  playerId: id64("player_id").notNull(),
  at: instant("at").notNull().defaultNow(),
  kind: text("kind").notNull(),
  actor: text("actor").notNull(),
  note: text("note"),
  details: jsonb("details").$type<JsonObject>().notNull(),
});
