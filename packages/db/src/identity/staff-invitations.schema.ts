import { bytea, id64, instant } from "../kernel/columns.ts";
import { pgTable } from "drizzle-orm/pg-core";

export const staffInvitations = pgTable("staff_invitations", {
  hash: bytea("hash").primaryKey(),
  staffId: id64("staff_id").notNull(),
  createdAt: instant("created_at").notNull().defaultNow(),
  expiresAt: instant("expires_at").notNull(),
  usedAt: instant("used_at"),
});
