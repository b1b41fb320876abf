import { date, integer, pgTable } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const reportLate = pgTable("report_late", {
  id: id64("id").primaryKey().generatedAlwaysAsIdentity(),
  toPosition: id64("to_position").notNull(),
  day: date("day").notNull(),
  facts: integer("facts").notNull(),
  notedAt: instant("noted_at").notNull().defaultNow(),
});
