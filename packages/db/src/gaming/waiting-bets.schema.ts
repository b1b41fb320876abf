import { bigint, boolean, pgTable, timestamp } from "drizzle-orm/pg-core";

export const waitingBets = pgTable("waiting_bets", {
  betId: bigint("bet_id", { mode: "bigint" }).primaryKey(),
  noticedAt: timestamp("noticed_at", { withTimezone: true }).notNull().defaultNow(),
});

export const betSweep = pgTable("bet_sweep", {
  singleton: boolean().primaryKey().default(true),
  sweptTo: bigint("swept_to", { mode: "bigint" }).notNull().default(0n),
});
