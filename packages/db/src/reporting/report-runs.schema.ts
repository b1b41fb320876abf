import { integer, pgTable, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export type RunStatus = "WAITING" | "RUNNING" | "DONE" | "FAILED";

export const reportRuns = pgTable("report_runs", {
  id: id64("id").primaryKey().generatedAlwaysAsIdentity(),
  scheduleId: id64("schedule_id").notNull(),
  dueAt: instant("due_at").notNull(),
  status: text("status").$type<RunStatus>().notNull().default("WAITING"),
  tries: integer("tries").notNull().default(0),
  nextTryAt: instant("next_try_at").notNull(),
  objectName: text("object_name"),
  failure: text("failure"),
  finishedAt: instant("finished_at"),
});
