import { bigint, integer, pgTable, smallint, timestamp } from "drizzle-orm/pg-core";
import { bytea } from "../kernel/columns.ts";

export const gameSessions = pgTable("game_sessions", {
  id: bigint({ mode: "bigint" }).primaryKey().generatedAlwaysAsIdentity(),
  playerId: bigint("player_id", { mode: "bigint" }).notNull(),
  gameId: integer("game_id").notNull(),
  currency: smallint().notNull(),
  tokenHash: bytea("token_hash").notNull(),
  startedAt: timestamp("started_at", { withTimezone: true }).notNull().defaultNow(),
  expiresAt: timestamp("expires_at", { withTimezone: true }).notNull(),
  endedAt: timestamp("ended_at", { withTimezone: true }),
  playerSessionId: bigint("player_session_id", { mode: "bigint" }),
  geoDecisionId: bigint("geo_decision_id", { mode: "bigint" }),
});
