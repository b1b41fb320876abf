import { bigint, pgTable, smallint, text } from "drizzle-orm/pg-core";

export const wallets = pgTable("wallets", {
  id: bigint({ mode: "bigint" }).primaryKey().generatedAlwaysAsIdentity(),
  playerId: bigint("player_id", { mode: "bigint" }),
  available: bigint({ mode: "bigint" }).notNull().default(0n),
  held: bigint({ mode: "bigint" }).notNull().default(0n),
  lastTransaction: bigint("last_transaction", { mode: "bigint" }).notNull().default(0n),
  kind: smallint().notNull(),
  currency: smallint().notNull(),
  fundingPolicy: smallint("funding_policy"),
  stripe: smallint().notNull().default(0),
  qualifier: text().notNull().default(""),
});
