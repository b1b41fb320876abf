import type { ChargebackState } from "@pitboss/domain/cashier/chargeback";
import { pgTable, primaryKey, smallint, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const chargebackSteps = pgTable(
  "chargeback_steps",
  {
    chargebackId: id64("chargeback_id").notNull(),
    number: smallint("number").notNull(),
    at: instant("at").notNull().defaultNow(),
    toState: text("to_state").$type<ChargebackState>().notNull(),
    actor: text("actor").notNull(),
    note: text("note"),
    webhookId: id64("webhook_id"),
  },
  (table) => [primaryKey({ columns: [table.chargebackId, table.number] })],
);
