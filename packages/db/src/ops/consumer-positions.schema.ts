import { bigint, pgTable, text, timestamp } from "drizzle-orm/pg-core";

export const consumerPositions = pgTable("consumer_positions", {
  consumer: text().primaryKey(),
  position: bigint({ mode: "bigint" }).notNull().default(0n),
  updatedAt: timestamp("updated_at", { withTimezone: true }).notNull().defaultNow(),
});
