import { bigint, integer, pgTable, primaryKey, smallint, text } from "drizzle-orm/pg-core";

export const rounds = pgTable(
  "rounds",
  {
    roundHash: bigint("round_hash", { mode: "bigint" }).notNull(),
    playerId: bigint("player_id", { mode: "bigint" }).notNull(),
    providerId: integer("provider_id").notNull(),
    roundRef: text("round_ref").notNull(),
    status: smallint().notNull(),
    closedBy: bigint("closed_by", { mode: "bigint" }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.roundHash, table.playerId, table.providerId, table.roundRef] })],
);
