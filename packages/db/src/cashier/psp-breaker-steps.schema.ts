import type { BreakerState } from "@pitboss/domain/cashier/psp-breaker";
import { pgTable, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const pspBreakerSteps = pgTable("psp_breaker_steps", {
  id: id64("id").primaryKey().generatedAlwaysAsIdentity(),
  psp: text("psp").notNull(),
  engine: text("engine").notNull(),
  fromState: text("from_state").$type<BreakerState>().notNull(),
  toState: text("to_state").$type<BreakerState>().notNull(),
  why: text("why"),
  at: instant("at").notNull().defaultNow(),
});
