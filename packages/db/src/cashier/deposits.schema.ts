import type { DepositCheck } from "@pitboss/domain/cashier/deposit-checks";
import type { DepositState } from "@pitboss/domain/cashier/deposit-machine";
import type { JsonObject } from "@pitboss/domain/kernel/json";
import { integer, jsonb, pgTable, smallint, text, uuid } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const deposits = pgTable("deposits", {
  id: id64("id").primaryKey().generatedAlwaysAsIdentity(),
  playerId: id64("player_id").notNull(),
  instrumentId: id64("instrument_id").notNull(),
  requestKey: uuid("request_key").notNull(),
  bodyHash: id64("body_hash").notNull(),
  requestId: text("request_id").notNull(),
  traceId: uuid("trace_id").notNull(),
  psp: text("psp").notNull(),
  method: text("method").notNull(),
  currency: smallint("currency").notNull(),
  amount: id64("amount").notNull(),
  state: text("state").$type<DepositState>().notNull().default("INITIATED"),
  pspReference: text("psp_reference"),
  credited: id64("credited"),
  pspFee: id64("psp_fee"),
  transactionId: id64("transaction_id"),
  returnUrl: text("return_url"),
  failure: jsonb("failure").$type<JsonObject>(),
  nextAction: jsonb("next_action").$type<JsonObject>(),
  checks: jsonb("checks").$type<readonly DepositCheck[]>().notNull(),
  createdAt: instant("created_at").notNull().defaultNow(),
  updatedAt: instant("updated_at").notNull().defaultNow(),
  expiresAt: instant("expires_at").notNull(),
  followAt: instant("follow_at"),
  followed: integer("followed").notNull().default(0),
});
