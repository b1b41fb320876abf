import { bigint, integer, json, pgTable, smallint, text } from "drizzle-orm/pg-core";

export const bets = pgTable("bets", {
  id: bigint({ mode: "bigint" }).primaryKey(),
  playerId: bigint("player_id", { mode: "bigint" }).notNull(),
  roundHash: bigint("round_hash", { mode: "bigint" }).notNull(),
  stake: bigint({ mode: "bigint" }).notNull(),
  bonusWalletId: bigint("bonus_wallet_id", { mode: "bigint" }),
  bonusPart: bigint("bonus_part", { mode: "bigint" }),
  maxBet: bigint("max_bet", { mode: "bigint" }).notNull(),
  balanceAfter: bigint("balance_after", { mode: "bigint" }).notNull(),
  sessionId: bigint("session_id", { mode: "bigint" }),
  device: bigint({ mode: "bigint" }),
  gameId: integer("game_id").notNull(),
  currency: smallint().notNull(),
  roundRef: text("round_ref").notNull(),
  selection: json().notNull(),
  jackpot: text(),
  jackpotPart: bigint("jackpot_part", { mode: "bigint" }),
});
