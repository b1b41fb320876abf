import { bytea, id64, instant } from "../kernel/columns.ts";
import { pgTable, text } from "drizzle-orm/pg-core";

export const playerLinks = pgTable("player_links", {
  hash: bytea("hash").primaryKey(),
  playerId: id64("player_id").notNull(),
  purpose: text("purpose").$type<"VERIFY_EMAIL" | "RESET_PASSWORD" | "CHANGE_EMAIL">().notNull(),
  createdAt: instant("created_at").notNull().defaultNow(),
  expiresAt: instant("expires_at").notNull(),
  usedAt: instant("used_at"),
  newEmail: bytea("new_email"),
});
