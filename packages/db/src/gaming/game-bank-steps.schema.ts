import type { BankTransferState } from "@pitboss/domain/gaming/game-bank/bank-machines";
import type { JsonObject } from "@pitboss/domain/kernel/json";
import { integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const gameBankSteps = pgTable(
  "game_bank_steps",
  {
    transferId: id64("transfer_id").notNull(),
    number: integer("number").notNull(),
    at: instant("at").notNull().defaultNow(),
    event: text("event").notNull(),
    fromState: text("from_state").$type<BankTransferState>(),
    toState: text("to_state").$type<BankTransferState>().notNull(),
    actor: text("actor").notNull(),
    details: jsonb("details").$type<JsonObject>(),
  },
  (table) => [primaryKey({ columns: [table.transferId, table.number] })],
);
