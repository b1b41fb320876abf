import type { AmlCaseState } from "@pitboss/domain/compliance/aml/case-machine";
import { integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { bytea, id64, instant } from "../kernel/columns.ts";

export const amlSteps = pgTable(
  "aml_steps",
  {
    caseId: id64("case_id").notNull(),
    number: integer("number").notNull(),
    at: instant("at").notNull().defaultNow(),
    event: text("event").notNull(),
    toState: text("to_state").$type<AmlCaseState>().notNull(),
    by: text("by").notNull(),
    text: bytea("text"),
  },
  (table) => [primaryKey({ columns: [table.caseId, table.number] })],
);
