import type { CaseReason, CaseState, VerifiedLevel } from "@pitboss/domain/compliance/kyc/case-machine";
import { pgTable, smallint, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const kycCases = pgTable("kyc_cases", {
  id: id64("id").primaryKey().generatedAlwaysAsIdentity(),
  playerId: id64("player_id").notNull(),
  level: smallint("level").$type<VerifiedLevel>().notNull(),
  state: text("state").$type<CaseState>().notNull().default("INIT"),
  reason: text("reason").$type<CaseReason>(),
  openedAt: instant("opened_at").notNull().defaultNow(),
  submittedAt: instant("submitted_at"),
  dueAt: instant("due_at"),
  decidedAt: instant("decided_at"),
  decidedBy: text("decided_by"),
  claimedBy: id64("claimed_by"),
  claimedUntil: instant("claimed_until"),
  renewAt: instant("renew_at"),
  remindedAt: instant("reminded_at"),
});
