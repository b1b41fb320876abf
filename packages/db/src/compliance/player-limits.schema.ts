import type { LimitPeriod } from "@pitboss/domain/compliance/limit-window";
import type { LimitKind, LimitState } from "@pitboss/domain/compliance/player-limit";
import type { Currency } from "@pitboss/domain/wallet/currency";
import { pgTable, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const playerLimits = pgTable("player_limits", {
  id: id64("id").primaryKey().generatedAlwaysAsIdentity(),
  playerId: id64("player_id").notNull(),
  kind: text("kind").$type<LimitKind>().notNull(),
  period: text("period").$type<LimitPeriod>().notNull(),
  currency: text("currency").$type<Currency>(),
  amount: id64("amount"),
  state: text("state").$type<LimitState>().notNull(),
  requestedBy: text("requested_by").notNull(),
  requestedAt: instant("requested_at").notNull().defaultNow(),
  readyAt: instant("ready_at"),
  lapsesAt: instant("lapses_at"),
  decidedAt: instant("decided_at"),
});
