import { integer, pgTable, smallint, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const settlementReports = pgTable("settlement_reports", {
  id: id64("id").primaryKey().generatedAlwaysAsIdentity(),
  psp: text("psp").notNull(),
  reference: text("reference").notNull(),
  currency: smallint("currency").notNull(),
  periodFrom: instant("period_from").notNull(),
  periodTo: instant("period_to").notNull(),
  paidOut: id64("paid_out").notNull(),
  paidAt: instant("paid_at").notNull(),
  lines: integer("lines").notNull(),
  gross: id64("gross").notNull(),
  fees: id64("fees").notNull(),
  reserve: id64("reserve").notNull(),
  sha256: text("sha256").notNull(),
  object: text("object").notNull(),
  importedAt: instant("imported_at").notNull().defaultNow(),
  importedBy: text("imported_by").notNull(),
  postedAt: instant("posted_at"),
});
