import { jsonb, pgTable, primaryKey, text, timestamp } from "drizzle-orm/pg-core";

export const rateTables = pgTable(
  "rate_tables",
  {
    source: text().notNull(),
    asOf: timestamp("as_of", { withTimezone: true }).notNull(),
    fetchedAt: timestamp("fetched_at", { withTimezone: true }).notNull().defaultNow(),
    rates: jsonb().notNull(),
  },
  (table) => [primaryKey({ columns: [table.source, table.asOf] })],
);
