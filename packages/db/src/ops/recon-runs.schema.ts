import type { BreakSource } from "@pitboss/domain/ops/breaks/break-types";
import { date, integer, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";
import type { RunState, RunTotal, RunTrigger } from "./recon-run-store.ts";

export const reconRuns = pgTable("recon_runs", {
  id: id64("id").primaryKey().generatedAlwaysAsIdentity(),
  source: text("source").$type<BreakSource>().notNull(),
  scope: text("scope").notNull(),
  day: date("day").notNull(),
  trigger: text("trigger").$type<RunTrigger>().notNull(),
  state: text("state").$type<RunState>().notNull().default("RUNNING"),
  startedAt: instant("started_at").notNull().defaultNow(),
  startedBy: text("started_by").notNull(),
  doneAt: instant("done_at"),
  lines: id64("lines").notNull().default(0n),
  matched: id64("matched").notNull().default(0n),
  found: integer("found").notNull().default(0),
  reopened: integer("reopened").notNull().default(0),
  cleared: integer("cleared").notNull().default(0),
  open: integer("open").notNull().default(0),
  totals: jsonb("totals").$type<RunTotal[]>().notNull().default([]),
  failure: text("failure"),
});
