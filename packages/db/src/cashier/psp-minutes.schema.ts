import { pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const pspMinutes = pgTable(
  "psp_minutes",
  {
    psp: text("psp").notNull(),
    minute: instant("minute").notNull(),
    answered: id64("answered").notNull(),
    refused: id64("refused").notNull(),
    unanswered: id64("unanswered").notNull(),
    unsent: id64("unsent").notNull(),
    latency: id64("latency").array().notNull(),
  },
  (table) => [primaryKey({ columns: [table.psp, table.minute] })],
);
