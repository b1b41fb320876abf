import { date, integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const reportClosings = pgTable(
  "report_closings",
  {
    day: date("day").notNull(),
    revision: integer("revision").notNull(),
    position: id64("position").notNull(),
    lateThrough: id64("late_through").notNull(),
    closedAt: instant("closed_at").notNull().defaultNow(),
    status: text("status").$type<"TIED" | "OFF">().notNull(),
    actor: text("actor").notNull(),
    reason: text("reason").notNull(),
    lines: jsonb("lines").notNull(),
  },
  (table) => [primaryKey({ columns: [table.day, table.revision] })],
);
