import type { PayoutState } from "@pitboss/domain/cashier/payout-machine";
import type { JsonObject } from "@pitboss/domain/kernel/json";
import { jsonb, pgTable, primaryKey, smallint, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const payoutSteps = pgTable(
  "payout_steps",
  {
    payoutId: id64("payout_id").notNull(),
    number: smallint("number").notNull(),
    at: instant("at").notNull().defaultNow(),
    event: text("event").notNull(),
    fromState: text("from_state").$type<PayoutState>(),
    toState: text("to_state").$type<PayoutState>().notNull(),
    source: text("source").$type<"REQUEST" | "RULE" | "STAFF" | "WORKER" | "WEBHOOK" | "QUERY">().notNull(),
    actor: text("actor"),
    webhookId: id64("webhook_id"),
    details: jsonb("details").$type<JsonObject>(),
  },
  (table) => [primaryKey({ columns: [table.payoutId, table.number] })],
);
