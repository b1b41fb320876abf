import { date, integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const affiliatePlans = pgTable(
  "affiliate_plans",
  {
    affiliateId: id64("affiliate_id").notNull(),
    version: integer("version").notNull(),
    fromMonth: date("from_month").notNull(),
    plan: jsonb("plan").notNull(),
    actor: text("actor").notNull(),
    reason: text("reason").notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.affiliateId, table.version] })],
);
