import { integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const providerCalls = pgTable(
  "provider_calls",
  {
    providerId: integer("provider_id").notNull(),
    hour: instant("hour").notNull(),
    operation: text("operation").notNull(),
    code: text("code").notNull(),
    calls: id64("calls").notNull(),
  },
  (table) => [primaryKey({ columns: [table.providerId, table.hour, table.operation, table.code] })],
);
