import { boolean, integer, jsonb, pgTable, text, timestamp } from "drizzle-orm/pg-core";

export const games = pgTable("games", {
  id: integer().primaryKey().generatedByDefaultAsIdentity(),
  providerId: integer("provider_id").notNull(),
  code: text().notNull(),
  name: text().notNull(),
  category: text().notNull(),
  open: boolean().notNull().default(true),
  limits: jsonb().notNull(),
  updatedAt: timestamp("updated_at", { withTimezone: true }).notNull().defaultNow(),
});
