import { boolean, integer, jsonb, pgTable } from "drizzle-orm/pg-core";
import { instant } from "../kernel/columns.ts";

export const stalePolicies = pgTable("stale_policies", {
  providerId: integer("provider_id").primaryKey(),
  autoVoid: boolean("auto_void").notNull().default(false),
  mostBets: integer("most_bets").notNull().default(50),
  mostAmounts: jsonb("most_amounts").$type<Readonly<Record<string, string>>>().notNull().default({}),
  runEveryMinutes: integer("run_every_minutes").notNull().default(60),
  lastRunAt: instant("last_run_at"),
  updatedAt: instant("updated_at").notNull().defaultNow(),
});
