import type { JsonObject } from "@pitboss/domain/kernel/json";
import type { AlertKind } from "@pitboss/domain/ops/house-alerts";
import { bigint, integer, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const houseAlerts = pgTable("house_alerts", {
  id: bigint({ mode: "bigint" }).primaryKey().generatedAlwaysAsIdentity(),
  kind: text().$type<AlertKind>().notNull(),
  subject: text().notNull(),
  data: jsonb().$type<JsonObject>().notNull(),
  times: integer().notNull().default(1),
  openedAt: instant("opened_at").notNull(),
  seenAt: instant("seen_at").notNull(),
  acknowledgedBy: id64("acknowledged_by"),
  acknowledgedAt: instant("acknowledged_at"),
  closedAt: instant("closed_at"),
});
