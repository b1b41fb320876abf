import type { VendorAnswer } from "@pitboss/domain/compliance/kyc/vendor-review";
import { pgTable, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const kycVerdicts = pgTable("kyc_verdicts", {
  id: id64("id").primaryKey().generatedAlwaysAsIdentity(),
  caseId: id64("case_id").notNull(),
  at: instant("at").notNull(),
  answer: text("answer").$type<VendorAnswer>().notNull(),
  rejectType: text("reject_type").$type<"RETRY" | "FINAL">(),
  labels: text("labels").array().notNull(),
  houseComment: text("house_comment"),
  playerComment: text("player_comment"),
  source: text("source").$type<"WEBHOOK" | "ASKED">().notNull(),
  receivedAt: instant("received_at").notNull().defaultNow(),
});
