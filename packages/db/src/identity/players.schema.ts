import { bigint, pgTable, smallint, text, timestamp } from "drizzle-orm/pg-core";

export const players = pgTable("players", {
  id: bigint({ mode: "bigint" }).primaryKey().generatedByDefaultAsIdentity(),
  status: smallint().notNull().default(1),
  country: text().notNull(),
  nickname: text().notNull(),
  kycLevel: smallint("kyc_level").notNull().default(0),
  brand: text().notNull().default("main"),
  createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
});
