import type { MoneyFactKind } from "@pitboss/domain/risk/monitoring/monitoring-facts";
import { pgTable, smallint, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const moneyFacts = pgTable("money_facts", {
  eventId: text("event_id").primaryKey(),
  playerId: id64("player_id").notNull(),
  at: instant("at").notNull(),
  amount: id64("amount").notNull(),
  currency: smallint("currency").notNull(),
  kind: text("kind").$type<MoneyFactKind>().notNull(),
  instrument: text("instrument"),
  method: text("method"),
});
