import type { BankDirection, BankTransferState } from "@pitboss/domain/gaming/game-bank/bank-machines";
import type { JsonObject } from "@pitboss/domain/kernel/json";
import { boolean, integer, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const gameBankTransfers = pgTable("game_bank_transfers", {
  id: id64("id").primaryKey().generatedByDefaultAsIdentity(),
  sessionId: id64("session_id").notNull(),
  direction: text("direction").$type<BankDirection>().notNull(),
  amount: id64("amount"),
  everything: boolean("everything").notNull().default(false),
  balanceAfter: id64("balance_after"),
  state: text("state").$type<BankTransferState>().notNull().default("REQUESTED"),
  requestKey: uuid("request_key").notNull(),
  requestId: text("request_id").notNull(),
  bodyHash: id64("body_hash").notNull(),
  traceId: uuid("trace_id").notNull(),
  actor: text("actor"),
  failure: jsonb("failure").$type<JsonObject>(),
  createdAt: instant("created_at").notNull().defaultNow(),
  updatedAt: instant("updated_at").notNull().defaultNow(),
  firstSentAt: instant("first_sent_at"),
  lastSentAt: instant("last_sent_at"),
  sends: integer("sends").notNull().default(0),
  workAt: instant("work_at"),
  worked: integer("worked").notNull().default(0),
});
