import type { JsonObject } from "@pitboss/domain/kernel/json";
import type { Timing } from "@pitboss/domain/reporting/export-schedule";
import { boolean, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import type { ExportFormat } from "../identity/exports.schema.ts";
import { id64, instant } from "../kernel/columns.ts";

export type ScheduleStatus = "ACTIVE" | "PAUSED" | "DELETED";

export const reportSchedules = pgTable("report_schedules", {
  id: id64("id").primaryKey().generatedAlwaysAsIdentity(),
  staffId: id64("staff_id").notNull(),
  name: text("name").notNull(),
  list: text("list").$type<"figures" | "facts" | "regulator">().notNull(),
  format: text("format").$type<ExportFormat>().notNull(),
  preamble: boolean("preamble").notNull().default(false),
  filters: jsonb("filters").$type<JsonObject>().notNull(),
  timing: jsonb("timing").$type<Timing>().notNull(),
  recipients: text("recipients").array().notNull(),
  status: text("status").$type<ScheduleStatus>().notNull().default("ACTIVE"),
  nextDueAt: instant("next_due_at").notNull(),
  createdAt: instant("created_at").notNull().defaultNow(),
});
