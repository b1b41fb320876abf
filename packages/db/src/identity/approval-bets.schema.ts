import type { JsonObject } from "@pitboss/domain/kernel/json";
import { integer, jsonb, pgTable, primaryKey, smallint, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export type VoidOutcome = "VOIDED" | "REFUSED";

export const approvalBets = pgTable(
  "approval_bets",
  {
    approvalId: id64("approval_id").notNull(),
    number: integer("number").notNull(),
    betId: id64("bet_id").notNull(),
    playerId: id64("player_id").notNull(),
    currency: smallint("currency").notNull(),
    held: id64("held").notNull(),
    outcome: text("outcome").$type<VoidOutcome>(),
    failure: jsonb("failure").$type<JsonObject>(),
    doneAt: instant("done_at"),
  },
  (table) => [primaryKey({ columns: [table.approvalId, table.number] })],
);
