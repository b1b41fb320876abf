import { integer, pgTable, smallint, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const payoutPolicies = pgTable("payout_policies", {
  id: id64("id").primaryKey().generatedAlwaysAsIdentity(),
  currency: text("currency").notNull(),
  effectiveFrom: instant("effective_from").notNull(),
  minAmount: id64("min_amount").notNull(),
  maxAmount: id64("max_amount").notNull(),
  autoBelow: id64("auto_below").notNull(),
  twoFrom: id64("two_from").notNull(),
  lowRiskBelow: smallint("low_risk_below").notNull(),
  mostADay: integer("most_a_day").notNull(),
  dayAmount: id64("day_amount").notNull(),
  turnoverPercent: integer("turnover_percent").notNull(),
  freshHours: integer("fresh_hours").notNull(),
  kycFrom: id64("kyc_from").notNull(),
  reviewMinutes: integer("review_minutes").notNull(),
  secondMinutes: integer("second_minutes").notNull(),
  sendMinutes: integer("send_minutes").notNull(),
  paidMinutes: integer("paid_minutes").notNull(),
  approvalId: id64("approval_id"),
});
