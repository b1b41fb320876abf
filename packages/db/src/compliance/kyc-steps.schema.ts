import type { CaseEvent, CaseReason, CaseState } from "@pitboss/domain/compliance/kyc/case-machine";
import type { CaseCheck } from "@pitboss/domain/compliance/kyc/case-policy";
import { pgTable, primaryKey, smallint, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const kycSteps = pgTable(
  "kyc_steps",
  {
    caseId: id64("case_id").notNull(),
    number: smallint("number").notNull(),
    at: instant("at").notNull().defaultNow(),
    event: text("event").$type<CaseEvent | "upload">().notNull(),
    fromState: text("from_state").$type<CaseState>(),
    toState: text("to_state").$type<CaseState>().notNull(),
    by: text("by").notNull(),
    reason: text("reason").$type<CaseReason>(),
    note: text("note"),
    checked: text("checked").array().$type<CaseCheck[]>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.caseId, table.number] })],
);
