import { bigint, pgTable, text, timestamp } from "drizzle-orm/pg-core";

export const fairSeeds = pgTable("fair_seeds", {
  id: bigint({ mode: "bigint" }).primaryKey().generatedAlwaysAsIdentity(),
  playerId: bigint("player_id", { mode: "bigint" }).notNull(),
  serverSeed: text("server_seed").notNull(),
  serverSeedHash: text("server_seed_hash").notNull(),
  clientSeed: text("client_seed").notNull(),
  nextNonce: bigint("next_nonce", { mode: "bigint" }).notNull().default(0n),
  createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
  revealedAt: timestamp("revealed_at", { withTimezone: true }),
});
