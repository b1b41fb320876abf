import { integer, pgTable, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const screeningRuns = pgTable("screening_runs", {
  id: id64("id").primaryKey().generatedAlwaysAsIdentity(),
  trigger: text("trigger").$type<"LIST" | "RULE" | "MANUAL">().notNull(),
  state: text("state").$type<"RUNNING" | "DONE" | "SUPERSEDED">().notNull().default("RUNNING"),
  startedAt: instant("started_at").notNull().defaultNow(),
  startedBy: text("started_by").notNull(),
  doneAt: instant("done_at"),
  cursor: id64("cursor").notNull().default(0n),
  total: integer("total").notNull(),
  done: integer("done").notNull().default(0),
  opened: integer("opened").notNull().default(0),
  reopened: integer("reopened").notNull().default(0),
  vanished: integer("vanished").notNull().default(0),
  failed: integer("failed").notNull().default(0),
  leaseUntil: instant("lease_until"),
});
