import type { FreeSpinsState } from "@pitboss/domain/gaming/free-spins/free-spins-machine";
import { pgTable, primaryKey, text } from "drizzle-orm/pg-core";

export const freeSpinTransitions = pgTable(
  "free_spin_transitions",
  {
    fromState: text("from_state").$type<FreeSpinsState>().notNull(),
    event: text("event").notNull(),
    toState: text("to_state").$type<FreeSpinsState>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.fromState, table.event] })],
);
