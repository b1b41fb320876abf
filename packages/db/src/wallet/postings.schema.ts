import { bigint, pgTable, primaryKey, smallint } from "drizzle-orm/pg-core";

export const postings = pgTable(
  "postings",
  {
    walletId: bigint("wallet_id", { mode: "bigint" }).notNull(),
    transactionId: bigint("transaction_id", { mode: "bigint" }).notNull(),
    available: bigint({ mode: "bigint" }).notNull(),
    held: bigint({ mode: "bigint" }).notNull(),
    availableAfter: bigint("available_after", { mode: "bigint" }).notNull(),
    heldAfter: bigint("held_after", { mode: "bigint" }).notNull(),
    currency: smallint().notNull(),
  },
  (table) => [primaryKey({ columns: [table.walletId, table.transactionId] })],
);
