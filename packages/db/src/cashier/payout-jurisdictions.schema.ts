import { boolean, pgTable, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const payoutJurisdictions = pgTable("payout_jurisdictions", {
  id: id64("id").primaryKey().generatedAlwaysAsIdentity(),
  country: text("country").notNull(),
  effectiveFrom: instant("effective_from").notNull(),
  mayCancel: boolean("may_cancel").notNull(),
  approvalId: id64("approval_id"),
});
