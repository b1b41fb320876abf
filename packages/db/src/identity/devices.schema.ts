import { bigint, inet, pgTable, text, timestamp } from "drizzle-orm/pg-core";

export const devices = pgTable("devices", {
  id: bigint({ mode: "bigint" }).primaryKey(),
  playerId: bigint("player_id", { mode: "bigint" }).notNull(),
  firstSeenAt: timestamp("first_seen_at", { withTimezone: true }).notNull().defaultNow(),
  ip: inet().notNull(),
  userAgent: text("user_agent").notNull(),
});
