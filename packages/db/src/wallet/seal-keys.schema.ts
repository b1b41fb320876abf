import { jsonb, pgTable, text, timestamp } from "drizzle-orm/pg-core";

export const sealKeys = pgTable("seal_keys", {
  kid: text().primaryKey(),
  publicJwk: jsonb("public_jwk").notNull(),
  createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
});
