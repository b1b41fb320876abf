import { boolean, integer, jsonb, pgTable, text, timestamp } from "drizzle-orm/pg-core";

export const games = pgTable("games", {
  id: integer().primaryKey().generatedByDefaultAsIdentity(),
  providerId: integer("provider_id").notNull(),
  code: text().notNull(),
  name: text().notNull(),
  category: text().notNull(),
  open: boolean().notNull().default(true),
  tags: text().array().notNull().default([]),
  devices: text().array().notNull().default(["DESKTOP", "MOBILE", "TABLET"]),
  languages: text().array().notNull().default([]),
  bannedCountries: text("banned_countries").array().notNull().default([]),
  jurisdictions: text().array().notNull().default([]),
  rtpVersions: jsonb("rtp_versions").notNull().default([]),
  sideBets: jsonb("side_bets").notNull().default([]),
  providerLimits: jsonb("provider_limits").notNull().default([]),
  limits: jsonb().notNull(),
  updatedAt: timestamp("updated_at", { withTimezone: true }).notNull().defaultNow(),
});
