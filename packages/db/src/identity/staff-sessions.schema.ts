import { bytea, id64, instant } from "../kernel/columns.ts";
import { inet, pgTable, text } from "drizzle-orm/pg-core";

export type SecondFactor = "TOTP" | "PASSKEY" | "RECOVERY_CODE" | "TERMINAL";

export const staffSessions = pgTable("staff_sessions", {
  id: id64("id").primaryKey().generatedAlwaysAsIdentity(),
  hash: bytea("hash").notNull(),
  staffId: id64("staff_id").notNull(),
  channel: text("channel").$type<"console" | "cli">().notNull(),
  createdAt: instant("created_at").notNull().defaultNow(),
  lastSeenAt: instant("last_seen_at").notNull().defaultNow(),
  secondFactorAt: instant("second_factor_at").notNull(),
  secondFactor: text("second_factor").$type<SecondFactor>().notNull(),
  ip: inet("ip"),
  userAgent: text("user_agent"),
  revokedAt: instant("revoked_at"),
  revokedFor: text("revoked_for"),
});
