import { id64, instant } from "../kernel/columns.ts";
import { pgTable, text } from "drizzle-orm/pg-core";

export const playerCredentials = pgTable("player_credentials", {
  playerId: id64("player_id").primaryKey(),
  passwordHash: text("password_hash").notNull(),
  changedAt: instant("changed_at").notNull().defaultNow(),
});
