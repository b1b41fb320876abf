import type { Role } from "@pitboss/domain/identity/roles";
import { id64, instant } from "../kernel/columns.ts";
import { pgTable, primaryKey, text } from "drizzle-orm/pg-core";

export const staffRoles = pgTable(
  "staff_roles",
  {
    staffId: id64("staff_id").notNull(),
    role: text("role").$type<Role>().notNull(),
    grantedAt: instant("granted_at").notNull().defaultNow(),
    grantedBy: id64("granted_by"),
    approvalId: id64("approval_id"),
  },
  (table) => [primaryKey({ columns: [table.staffId, table.role] })],
);
