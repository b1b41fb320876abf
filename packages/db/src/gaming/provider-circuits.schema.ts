import type { CircuitState, CircuitWhy } from "@pitboss/domain/gaming/provider-circuit";
import { integer, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { instant } from "../kernel/columns.ts";

export const providerCircuits = pgTable("provider_circuits", {
  providerId: integer("provider_id").primaryKey(),
  state: text("state").$type<CircuitState>().notNull().default("CLOSED"),
  since: instant("since").notNull(),
  trips: integer("trips").notNull().default(0),
  why: jsonb("why").$type<CircuitWhy>(),
});
