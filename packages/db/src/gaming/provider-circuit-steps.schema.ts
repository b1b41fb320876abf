import type { CircuitState, CircuitWhy } from "@pitboss/domain/gaming/provider-circuit";
import { integer, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const providerCircuitSteps = pgTable("provider_circuit_steps", {
  id: id64("id").primaryKey().generatedAlwaysAsIdentity(),
  providerId: integer("provider_id").notNull(),
  fromState: text("from_state").$type<CircuitState>().notNull(),
  toState: text("to_state").$type<CircuitState>().notNull(),
  why: jsonb("why").$type<CircuitWhy>(),
  policyVersion: integer("policy_version").notNull(),
  at: instant("at").notNull(),
});
