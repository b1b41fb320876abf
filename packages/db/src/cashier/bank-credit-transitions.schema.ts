import { pgTable, primaryKey, text } from "drizzle-orm/pg-core";

export const bankCreditTransitions = pgTable(
  "bank_credit_transitions",
  {
    fromState: text("from_state").notNull(),
    event: text("event").notNull(),
    toState: text("to_state").notNull(),
  },
  (table) => [primaryKey({ columns: [table.fromState, table.event] })],
);
