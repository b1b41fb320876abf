import { id64, instant } from "../kernel/columns.ts";
import { inet, pgTable, text } from "drizzle-orm/pg-core";

export const playerSessions = pgTable("player_sessions", {
  id: id64("id").primaryKey().generatedAlwaysAsIdentity(),
  playerId: id64("player_id").notNull(),
  createdAt: instant("created_at").notNull().defaultNow(),
  lastSeenAt: instant("last_seen_at").notNull().defaultNow(),
  ip: inet("ip"),
  userAgent: text("user_agent"),
  revokedAt: instant("revoked_at"),
  revokedFor: text("revoked_for"),
  deviceId: id64("device_id"),
});
