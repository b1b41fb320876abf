import { integer, pgTable, primaryKey, smallint } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const playMinutes = pgTable(
  "play_minutes",
  {
    playerId: id64("player_id").notNull(),
    minute: instant("minute").notNull(),
    currency: smallint("currency").notNull(),
    bets: integer("bets").notNull(),
    staked: id64("staked").notNull(),
    voided: integer("voided").notNull(),
    minimum: integer("minimum").notNull(),
    opposite: integer("opposite").notNull(),
    lastEvent: id64("last_event").notNull(),
  },
  (table) => [primaryKey({ columns: [table.playerId, table.minute, table.currency] })],
);
