import { date, pgTable } from "drizzle-orm/pg-core";
import { id64 } from "../kernel/columns.ts";

export const affiliateCpas = pgTable("affiliate_cpas", {
  playerId: id64("player_id").primaryKey(),
  affiliateId: id64("affiliate_id").notNull(),
  month: date("month").notNull(),
  statementId: id64("statement_id").notNull(),
});
