import { pgTable, primaryKey, smallint, text } from "drizzle-orm/pg-core";

export const payoutTransitions = pgTable(
  "payout_transitions",
  {
    fromState: text("from_state").notNull(),
    event: text("event").notNull(),
    toState: text("to_state").notNull(),
    posts: smallint("posts"),
  },
  (table) => [primaryKey({ columns: [table.fromState, table.event] })],
);
