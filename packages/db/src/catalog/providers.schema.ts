import { integer, pgTable, text, timestamp } from "drizzle-orm/pg-core";

export const providers = pgTable("providers", {
  id: integer().primaryKey().generatedByDefaultAsIdentity(),
  code: text().notNull(),
  name: text().notNull(),
  stuckAfterMinutes: integer("stuck_after_minutes").notNull().default(60),
  staleAfterMinutes: integer("stale_after_minutes").notNull().default(20_160),
  pausedAt: timestamp("paused_at", { withTimezone: true }),
  pausedReason: text("paused_reason"),
  createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
});
