import { sql } from "drizzle-orm";
import { integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const bankStatementReads = pgTable(
  "bank_statement_reads",
  {
    bank: text("bank").notNull(),
    statementId: text("statement_id").notNull(),
    number: id64("number").notNull().generatedAlwaysAsIdentity(),
    entries: integer("entries").notNull(),
    missed: integer("missed").notNull(),
    readAt: instant("read_at").notNull().default(sql`clock_timestamp()`),
  },
  (table) => [primaryKey({ columns: [table.bank, table.statementId] })],
);
