import { boolean, date, pgTable, primaryKey, smallint, text } from "drizzle-orm/pg-core";

export const countryRules = pgTable(
  "country_rules",
  {
    country: text("country").notNull(),
    effectiveFrom: date("effective_from", { mode: "string" }).notNull(),
    open: boolean("open").notNull(),
    minAge: smallint("min_age").notNull(),
  },
  (table) => [primaryKey({ columns: [table.country, table.effectiveFrom] })],
);
