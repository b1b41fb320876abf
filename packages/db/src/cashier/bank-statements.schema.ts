import { date, integer, pgTable, smallint, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const bankStatements = pgTable("bank_statements", {
  id: id64("id").primaryKey().generatedAlwaysAsIdentity(),
  account: text("account").notNull(),
  reference: text("reference").notNull(),
  sequence: integer("sequence"),
  currency: smallint("currency").notNull(),
  dayFrom: date("day_from").notNull(),
  dayTo: date("day_to").notNull(),
  opening: id64("opening").notNull(),
  closing: id64("closing").notNull(),
  entries: integer("entries").notNull(),
  sha256: text("sha256").notNull(),
  object: text("object").notNull(),
  importedAt: instant("imported_at").notNull().defaultNow(),
  importedBy: text("imported_by").notNull(),
});
