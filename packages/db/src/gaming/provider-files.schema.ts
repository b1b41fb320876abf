import { date, index, integer, pgTable, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const providerFiles = pgTable(
  "provider_files",
  {
    id: id64("id").primaryKey().generatedAlwaysAsIdentity(),
    providerId: integer("provider_id").notNull(),
    day: date("day").notNull(),
    format: text("format").notNull(),
    sha256: text("sha256").notNull(),
    rounds: integer("rounds").notNull(),
    importedBy: text("imported_by").notNull(),
    importedAt: instant("imported_at").notNull().defaultNow(),
  },
  (table) => [index("provider_files_day").on(table.providerId, table.day, table.id)],
);
