import { bigint, pgTable, timestamp } from "drizzle-orm/pg-core";
import { bytea } from "../kernel/columns.ts";

export const playerTokens = pgTable("player_tokens", {
  hash: bytea().primaryKey(),
  playerId: bigint("player_id", { mode: "bigint" }).notNull(),
  createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
  expiresAt: timestamp("expires_at", { withTimezone: true }).notNull(),
  revokedAt: timestamp("revoked_at", { withTimezone: true }),
});
