import { bigint, index, integer, pgTable, primaryKey, smallint, text } from "drizzle-orm/pg-core";
import { id64 } from "../kernel/columns.ts";

export const providerFileRounds = pgTable(
  "provider_file_rounds",
  {
    fileId: id64("file_id").notNull(),
    line: integer("line").notNull(),
    roundRef: text("round_ref").notNull(),
    player: text("player").notNull(),
    playerId: bigint("player_id", { mode: "bigint" }),
    bets: id64("bets").notNull(),
    wins: id64("wins").notNull(),
    currency: smallint("currency").notNull(),
    status: text("status").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.fileId, table.line] }),
    index("provider_file_rounds_round").on(table.roundRef, table.fileId),
  ],
);
