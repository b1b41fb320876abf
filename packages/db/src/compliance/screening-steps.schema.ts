import type { HitEvent, HitState } from "@pitboss/domain/compliance/screening/hit-machine";
import { pgTable, primaryKey, smallint, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const screeningSteps = pgTable(
  "screening_steps",
  {
    hitId: id64("hit_id").notNull(),
    number: smallint("number").notNull(),
    at: instant("at").notNull().defaultNow(),
    event: text("event").$type<HitEvent | "rescore">().notNull(),
    toState: text("to_state").$type<HitState>().notNull(),
    score: smallint("score").notNull(),
    by: text("by").notNull(),
    reason: text("reason"),
  },
  (table) => [primaryKey({ columns: [table.hitId, table.number] })],
);
