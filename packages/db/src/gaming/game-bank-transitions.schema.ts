import { pgTable, primaryKey, text } from "drizzle-orm/pg-core";

export const gameBankTransitions = pgTable(
  "game_bank_transitions",
  {
    machine: text("machine").$type<"SESSION" | "TRANSFER">().notNull(),
    fromState: text("from_state").notNull(),
    event: text("event").notNull(),
    toState: text("to_state").notNull(),
  },
  (table) => [primaryKey({ columns: [table.machine, table.fromState, table.event] })],
);
