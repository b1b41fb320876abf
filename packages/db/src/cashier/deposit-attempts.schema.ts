import { integer, pgTable, primaryKey, smallint, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const depositAttempts = pgTable(
  "deposit_attempts",
  {
    depositId: id64("deposit_id").notNull(),
    position: smallint("position").notNull(),
    psp: text("psp").notNull(),
    instrumentId: id64("instrument_id").notNull(),
    rule: text("rule"),
    outcome: text("outcome").$type<"PLANNED" | "SENT" | "UNSENT" | "REFUSED">().notNull().default("PLANNED"),
    sends: integer("sends").notNull().default(0),
    why: text("why"),
    at: instant("at"),
  },
  (table) => [primaryKey({ columns: [table.depositId, table.position] })],
);
