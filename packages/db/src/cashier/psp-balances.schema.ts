import { pgTable, primaryKey, smallint, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const pspBalances = pgTable(
  "psp_balances",
  {
    psp: text("psp").notNull(),
    currency: smallint("currency").notNull(),
    available: id64("available").notNull(),
    pending: id64("pending").notNull(),
    reserved: id64("reserved"),
    ledger: id64("ledger").notNull(),
    ledgerReserved: id64("ledger_reserved").notNull(),
    readAt: instant("read_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.psp, table.currency] })],
);
