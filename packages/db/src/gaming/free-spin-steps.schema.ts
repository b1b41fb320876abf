import type { FreeSpinsState } from "@pitboss/domain/gaming/free-spins/free-spins-machine";
import type { JsonObject } from "@pitboss/domain/kernel/json";
import { integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const freeSpinSteps = pgTable(
  "free_spin_steps",
  {
    issueId: id64("issue_id").notNull(),
    number: integer("number").notNull(),
    at: instant("at").notNull().defaultNow(),
    event: text("event").notNull(),
    fromState: text("from_state").$type<FreeSpinsState>(),
    toState: text("to_state").$type<FreeSpinsState>().notNull(),
    actor: text("actor").notNull(),
    details: jsonb("details").$type<JsonObject>(),
  },
  (table) => [primaryKey({ columns: [table.issueId, table.number] })],
);
