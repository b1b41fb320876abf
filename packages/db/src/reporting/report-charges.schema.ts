import type { ChargeBase, ChargeKind } from "@pitboss/domain/reporting/charges";
import { date, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const reportCharges = pgTable(
  "report_charges",
  {
    kind: text("kind").$type<ChargeKind>().notNull(),
    subject: text("subject").notNull(),
    version: integer("version").notNull(),
    effectiveFrom: date("effective_from").notNull(),
    base: text("base").$type<ChargeBase>().notNull(),
    ratePpm: integer("rate_ppm").notNull(),
    minimum: id64("minimum"),
    currency: text("currency"),
    approvalId: id64("approval_id"),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.kind, table.subject, table.version] })],
);
