import { pgTable, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const playerStandings = pgTable("player_standings", {
  playerId: id64("player_id").primaryKey(),
  screening: text("screening").notNull().default("NEVER"),
  screenedAt: instant("screened_at"),
  updatedAt: instant("updated_at").notNull().defaultNow(),
});
