import { date, numeric, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { instant } from "../kernel/columns.ts";

export const reportRates = pgTable(
  "report_rates",
  {
    day: date("day").notNull(),
    capturedAt: instant("captured_at").notNull().defaultNow(),
    asOf: instant("as_of").notNull(),
    factor: numeric("factor", { precision: 38, scale: 18 }).notNull(),
    reporting: text("reporting").notNull(),
    currency: text("currency").notNull(),
    source: text("source").notNull(),
  },
  (table) => [primaryKey({ columns: [table.reporting, table.day, table.currency] })],
);
