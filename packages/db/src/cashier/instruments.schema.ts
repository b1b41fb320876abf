import { pgTable, smallint, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const instruments = pgTable("instruments", {
  id: id64("id").primaryKey().generatedAlwaysAsIdentity(),
  playerId: id64("player_id").notNull(),
  psp: text("psp").notNull(),
  method: text("method").notNull(),
  token: text("token").notNull(),
  fingerprint: text("fingerprint").notNull(),
  brand: text("brand").notNull(),
  last4: text("last4").notNull(),
  expiresMonth: smallint("expires_month"),
  expiresYear: smallint("expires_year"),
  country: text("country"),
  createdAt: instant("created_at").notNull().defaultNow(),
});
