import { pgTable } from "drizzle-orm/pg-core";
import { id64 } from "../kernel/columns.ts";

export const auditUnsealed = pgTable("audit_unsealed", {
  auditId: id64("audit_id").primaryKey(),
});
