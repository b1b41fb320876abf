import { bytea, id64, instant } from "../kernel/columns.ts";
import { pgTable, primaryKey } from "drizzle-orm/pg-core";

export const staffRecoveryCodes = pgTable(
  "staff_recovery_codes",
  {
    staffId: id64("staff_id").notNull(),
    hash: bytea("hash").notNull(),
    usedAt: instant("used_at"),
  },
  (table) => [primaryKey({ columns: [table.staffId, table.hash] })],
);
