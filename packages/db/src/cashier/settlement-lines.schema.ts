import type { SettlementKind } from "@pitboss/domain/cashier/settlement";
import { integer, pgTable, primaryKey, smallint, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const settlementLines = pgTable(
  "settlement_lines",
  {
    reportId: id64("report_id").notNull(),
    number: integer("number").notNull(),
    kind: text("kind").$type<SettlementKind>().notNull(),
    psp: text("psp").notNull(),
    reference: text("reference").notNull(),
    ours: text("ours"),
    currency: smallint("currency").notNull(),
    gross: id64("gross").notNull(),
    fee: id64("fee").notNull(),
    bookedAt: instant("booked_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.reportId, table.number] })],
);
