import type { JsonObject } from "@pitboss/domain/kernel/json";
import { integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const breakSteps = pgTable(
  "break_steps",
  {
    breakId: id64("break_id").notNull(),
    number: integer("number").notNull(),
    at: instant("at").notNull().defaultNow(),
    event: text("event").notNull(),
    toState: text("to_state").notNull(),
    actor: text("actor").notNull(),
    note: text("note"),
    details: jsonb("details").$type<JsonObject>(),
  },
  (table) => [primaryKey({ columns: [table.breakId, table.number] })],
);
