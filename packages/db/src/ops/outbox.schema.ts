import { bigint, integer, jsonb, pgTable } from "drizzle-orm/pg-core";

export const outbox = pgTable("outbox", {
  batch: bigint({ mode: "bigint" }).primaryKey(),
  position: bigint({ mode: "bigint" }),
  transactions: integer().notNull(),
  events: jsonb(),
});
