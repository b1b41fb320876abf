import { bigint, integer, pgTable, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const maintenanceWindows = pgTable("maintenance_windows", {
  id: bigint({ mode: "bigint" }).primaryKey().generatedAlwaysAsIdentity(),
  providerId: integer("provider_id"),
  gameId: integer("game_id"),
  fromAt: instant("from_at").notNull(),
  untilAt: instant("until_at").notNull(),
  reason: text().notNull(),
  createdBy: id64("created_by").notNull(),
  createdAt: instant("created_at").notNull().defaultNow(),
  cancelledAt: instant("cancelled_at"),
});
