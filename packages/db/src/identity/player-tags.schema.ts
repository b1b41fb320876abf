import { id64, instant } from "../kernel/columns.ts";
import { pgTable, primaryKey, text } from "drizzle-orm/pg-core";

export const playerTags = pgTable(
  "player_tags",
  {
    playerId: id64("player_id").notNull(),
    tag: text("tag").notNull(),
    addedBy: text("added_by").notNull(),
    addedAt: instant("added_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.playerId, table.tag] })],
);
