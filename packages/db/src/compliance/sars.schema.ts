import type { SarState } from "@pitboss/domain/compliance/aml/case-machine";
import { pgTable, text } from "drizzle-orm/pg-core";
import { bytea, id64, instant } from "../kernel/columns.ts";

export const sars = pgTable("sars", {
  id: id64("id").primaryKey().generatedAlwaysAsIdentity(),
  caseId: id64("case_id").notNull(),
  state: text("state").$type<SarState>().notNull().default("DRAFT"),
  authority: text("authority").notNull(),
  indicators: text("indicators").array().notNull(),
  narrative: bytea("narrative").notNull(),
  document: bytea("document"),
  documentHash: text("document_hash"),
  draftedAt: instant("drafted_at").notNull().defaultNow(),
  draftedBy: id64("drafted_by").notNull(),
  updatedAt: instant("updated_at").notNull().defaultNow(),
  filedAt: instant("filed_at"),
  filedBy: text("filed_by"),
  approvalId: id64("approval_id"),
  receipt: text("receipt"),
});
