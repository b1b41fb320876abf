import { bigint, pgTable, smallint, text, uuid } from "drizzle-orm/pg-core";

export const jackpotPayments = pgTable("jackpot_payments", {
  transactionId: bigint("transaction_id", { mode: "bigint" }).primaryKey(),
  requestKey: uuid("request_key").notNull(),
  playerId: bigint("player_id", { mode: "bigint" }).notNull(),
  betId: bigint("bet_id", { mode: "bigint" }),
  amount: bigint({ mode: "bigint" }).notNull(),
  currency: smallint().notNull(),
  jackpot: text().notNull(),
});
