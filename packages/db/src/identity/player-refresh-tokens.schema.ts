import { bytea, id64, instant } from "../kernel/columns.ts";
import { pgTable } from "drizzle-orm/pg-core";

export const playerRefreshTokens = pgTable("player_refresh_tokens", {
  hash: bytea("hash").primaryKey(),
  sessionId: id64("session_id").notNull(),
  createdAt: instant("created_at").notNull().defaultNow(),
  expiresAt: instant("expires_at").notNull(),
  usedAt: instant("used_at"),
});
