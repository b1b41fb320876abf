import type { BankCloseReason, BankSessionState } from "@pitboss/domain/gaming/game-bank/bank-machines";
import { integer, pgTable, smallint, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const gameBankSessions = pgTable("game_bank_sessions", {
  id: id64("id").primaryKey().generatedAlwaysAsIdentity(),
  playerId: id64("player_id").notNull(),
  providerId: integer("provider_id").notNull(),
  currency: smallint("currency").notNull(),
  state: text("state").$type<BankSessionState>().notNull().default("OPENING"),
  gameId: integer("game_id").notNull(),
  gameSessionId: id64("game_session_id"),
  closeReason: text("close_reason").$type<BankCloseReason>(),
  said: text("said"),
  createdAt: instant("created_at").notNull().defaultNow(),
  usedAt: instant("used_at").notNull().defaultNow(),
  closedAt: instant("closed_at"),
  workAt: instant("work_at"),
  worked: integer("worked").notNull().default(0),
});
