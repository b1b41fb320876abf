import type { NameMatch } from "@pitboss/domain/cashier/bank/compare-names";
import { pgTable, text } from "drizzle-orm/pg-core";
import { bytea, id64, instant } from "../kernel/columns.ts";

export const bankInstruments = pgTable("bank_instruments", {
  instrumentId: id64("instrument_id").primaryKey(),
  playerId: id64("player_id").notNull(),
  keyId: id64("key_id").notNull(),
  sealed: bytea("sealed").notNull(),
  nameMatch: text("name_match").$type<NameMatch>().notNull(),
  createdAt: instant("created_at").notNull().defaultNow(),
});
