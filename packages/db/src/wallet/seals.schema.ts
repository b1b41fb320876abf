import { bigint, integer, pgTable, text, timestamp } from "drizzle-orm/pg-core";

export const seals = pgTable("seals", {
  number: bigint({ mode: "bigint" }).primaryKey(),
  fromPosition: bigint("from_position", { mode: "bigint" }).notNull(),
  toPosition: bigint("to_position", { mode: "bigint" }).notNull(),
  leafCount: integer("leaf_count").notNull(),
  root: text().notNull(),
  previous: text().notNull(),
  sealedAt: timestamp("sealed_at", { withTimezone: true }).notNull(),
  kid: text().notNull(),
  signature: text().notNull(),
});
