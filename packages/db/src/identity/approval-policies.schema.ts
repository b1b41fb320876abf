import type { ApprovalKind } from "@pitboss/domain/identity/approval-kinds";
import { boolean, integer, pgTable, smallint, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const approvalPolicies = pgTable("approval_policies", {
  id: id64("id").primaryKey().generatedAlwaysAsIdentity(),
  kind: text("kind").$type<ApprovalKind>().notNull(),
  currency: text("currency"),
  fromAmount: id64("from_amount").notNull().default(0n),
  approvals: smallint("approvals").notNull(),
  openHours: integer("open_hours").notNull(),
  mostItems: integer("most_items"),
  mostAmount: id64("most_amount"),
  removed: boolean("removed").notNull().default(false),
  approvalId: id64("approval_id"),
  createdAt: instant("created_at").notNull().defaultNow(),
});
