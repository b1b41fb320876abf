import { pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const registerStandings = pgTable(
  "register_standings",
  {
    playerId: id64("player_id").notNull(),
    register: text("register").notNull(),
    clearAt: instant("clear_at"),
    askAt: instant("ask_at"),
  },
  (table) => [primaryKey({ columns: [table.playerId, table.register] })],
);
