import { bytea, id64, instant } from "../kernel/columns.ts";
import { inet, pgTable, text } from "drizzle-orm/pg-core";

export const knownDevices = pgTable("known_devices", {
  id: id64("id").primaryKey().generatedAlwaysAsIdentity(),
  playerId: id64("player_id").notNull(),
  hash: bytea("hash").notNull(),
  firstSeenAt: instant("first_seen_at").notNull().defaultNow(),
  lastSeenAt: instant("last_seen_at").notNull().defaultNow(),
  ip: inet("ip"),
  userAgent: text("user_agent"),
  forgottenAt: instant("forgotten_at"),
});
