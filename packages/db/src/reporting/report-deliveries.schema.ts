import { pgTable, primaryKey } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const reportDeliveries = pgTable(
  "report_deliveries",
  {
    runId: id64("run_id").notNull(),
    staffId: id64("staff_id").notNull(),
    exportId: id64("export_id").notNull(),
    mailedAt: instant("mailed_at"),
  },
  (table) => [primaryKey({ columns: [table.runId, table.staffId] })],
);
