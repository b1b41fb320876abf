import { integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const lobbyExposures = pgTable(
  "lobby_exposures",
  {
    experimentId: integer("experiment_id").notNull(),
    playerId: id64("player_id").notNull(),
    variant: text().notNull(),
    exposedAt: instant("exposed_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.experimentId, table.playerId] })],
);
