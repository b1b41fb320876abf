import { bigint, boolean, pgTable, primaryKey, smallint } from "drizzle-orm/pg-core";

export const betTransitions = pgTable(
  "bet_transitions",
  {
    betId: bigint("bet_id", { mode: "bigint" }).notNull(),
    transactionId: bigint("transaction_id", { mode: "bigint" }).notNull(),
    settledCash: bigint("settled_cash", { mode: "bigint" }).notNull(),
    settledBonus: bigint("settled_bonus", { mode: "bigint" }).notNull(),
    paidCash: bigint("paid_cash", { mode: "bigint" }).notNull(),
    paidBonus: bigint("paid_bonus", { mode: "bigint" }).notNull(),
    number: smallint().notNull(),
    status: smallint().notNull(),
    outcome: smallint(),
    late: boolean().notNull().default(false),
  },
  (table) => [primaryKey({ columns: [table.betId, table.number] })],
);
