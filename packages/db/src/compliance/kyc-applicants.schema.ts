import { pgTable, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const kycApplicants = pgTable("kyc_applicants", {
  id: id64("id").primaryKey().generatedAlwaysAsIdentity(),
  caseId: id64("case_id").notNull(),
  applicant: text("applicant").notNull(),
  levelName: text("level_name").notNull(),
  createdAt: instant("created_at").notNull().defaultNow(),
  askAt: instant("ask_at"),
});
