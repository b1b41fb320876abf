import { bytea, id64, instant } from "../kernel/columns.ts";
import { pgTable, primaryKey, text } from "drizzle-orm/pg-core";

export const approvalDecisions = pgTable(
  "approval_decisions",
  {
    approvalId: id64("approval_id").notNull(),
    staffId: id64("staff_id").notNull(),
    makerId: id64("maker_id").notNull(),
    contentHash: bytea("content_hash").notNull(),
    decision: text("decision").$type<"APPROVED" | "REJECTED">().notNull(),
    reason: text("reason"),
    decidedAt: instant("decided_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.approvalId, table.staffId] })],
);
