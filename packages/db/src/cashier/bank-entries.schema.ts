import { date, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const bankEntries = pgTable(
  "bank_entries",
  {
    statementId: id64("statement_id").notNull(),
    number: integer("number").notNull(),
    amount: id64("amount").notNull(),
    bookedOn: date("booked_on").notNull(),
    bankReference: text("bank_reference"),
    endToEndId: text("end_to_end_id"),
    remittance: text("remittance"),
    counterparty: text("counterparty"),
    code: text("code"),
    reportId: id64("report_id"),
    postedAt: instant("posted_at"),
  },
  (table) => [primaryKey({ columns: [table.statementId, table.number] })],
);
