import type { DepositState } from "@pitboss/domain/cashier/deposit-machine";
import type { JsonObject } from "@pitboss/domain/kernel/json";
import { jsonb, pgTable, primaryKey, smallint, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const depositSteps = pgTable(
  "deposit_steps",
  {
    depositId: id64("deposit_id").notNull(),
    number: smallint("number").notNull(),
    at: instant("at").notNull().defaultNow(),
    event: text("event").notNull(),
    fromState: text("from_state").$type<DepositState>(),
    toState: text("to_state").$type<DepositState>().notNull(),
    source: text("source").$type<"REQUEST" | "WEBHOOK" | "QUERY" | "REPORT">().notNull(),
    webhookId: id64("webhook_id"),
    details: jsonb("details").$type<JsonObject>(),
  },
  (table) => [primaryKey({ columns: [table.depositId, table.number] })],
);
