import type { CreditState } from "@pitboss/domain/cashier/bank/credit-machine";
import type { JsonObject } from "@pitboss/domain/kernel/json";
import { sql } from "drizzle-orm";
import { jsonb, pgTable, primaryKey, smallint, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const bankCreditSteps = pgTable(
  "bank_credit_steps",
  {
    creditId: id64("credit_id").notNull(),
    number: smallint("number").notNull(),
    at: instant("at").notNull().default(sql`clock_timestamp()`),
    event: text("event").notNull(),
    fromState: text("from_state").$type<CreditState>(),
    toState: text("to_state").$type<CreditState>().notNull(),
    actor: text("actor"),
    details: jsonb("details").$type<JsonObject>(),
  },
  (table) => [primaryKey({ columns: [table.creditId, table.number] })],
);
