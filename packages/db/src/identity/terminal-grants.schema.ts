import { bytea, id64, instant } from "../kernel/columns.ts";
import { inet, pgTable, text } from "drizzle-orm/pg-core";

export const terminalGrants = pgTable("terminal_grants", {
  deviceHash: bytea("device_hash").primaryKey(),
  userCode: text("user_code").notNull(),
  client: text("client").notNull(),
  ip: inet("ip"),
  createdAt: instant("created_at").notNull().defaultNow(),
  expiresAt: instant("expires_at").notNull(),
  approvedBy: id64("approved_by"),
  approvedAt: instant("approved_at"),
  deniedAt: instant("denied_at"),
  usedAt: instant("used_at"),
});
