import type { BreakState } from "@pitboss/domain/ops/breaks/break-machine";
import type { BreakSource, BreakType } from "@pitboss/domain/ops/breaks/break-types";
import { jsonb, pgTable, smallint, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const breaks = pgTable("breaks", {
  id: id64("id").primaryKey().generatedAlwaysAsIdentity(),
  source: text("source").$type<BreakSource>().notNull(),
  scope: text("scope").notNull(),
  type: text("type").$type<BreakType>().notNull(),
  key: text("key").notNull(),
  state: text("state").$type<BreakState>().notNull().default("OPEN"),
  subject: jsonb("subject").$type<Readonly<Record<string, string>>>().notNull(),
  expected: id64("expected"),
  expectedCurrency: smallint("expected_currency"),
  got: id64("got"),
  gotCurrency: smallint("got_currency"),
  happenedAt: instant("happened_at").notNull(),
  foundAt: instant("found_at").notNull().defaultNow(),
  firstRun: id64("first_run").notNull(),
  lastRun: id64("last_run").notNull(),
  ownerId: id64("owner_id"),
  approvalId: id64("approval_id"),
  closedAt: instant("closed_at"),
});
