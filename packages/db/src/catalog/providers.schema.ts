import { integer, pgTable, text, timestamp } from "drizzle-orm/pg-core";

export const providers = pgTable("providers", {
  id: integer().primaryKey().generatedByDefaultAsIdentity(),
  code: text().notNull(),
  name: text().notNull(),
  createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
});
