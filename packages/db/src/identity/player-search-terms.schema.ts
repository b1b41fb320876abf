import { bytea, id64 } from "../kernel/columns.ts";
import { pgTable, primaryKey } from "drizzle-orm/pg-core";

export const playerSearchTerms = pgTable(
  "player_search_terms",
  {
    term: bytea("term").notNull(),
    playerId: id64("player_id").notNull(),
  },
  (table) => [primaryKey({ columns: [table.term, table.playerId] })],
);
