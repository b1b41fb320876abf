import { pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const affiliatePlayers = pgTable(
  "affiliate_players",
  {
    playerId: id64("player_id").notNull(),
    since: instant("since").notNull(),
    until: instant("until"),
    affiliateId: id64("affiliate_id"),
    code: text("code"),
    clickId: id64("click_id"),
    source: text("source").$type<"REGISTRATION" | "STAFF">().notNull(),
    actor: text("actor").notNull(),
    reason: text("reason").notNull(),
  },
  (table) => [primaryKey({ columns: [table.playerId, table.since] })],
);
