import type { FreeSpinsState } from "@pitboss/domain/gaming/free-spins/free-spins-machine";
import type { JsonObject } from "@pitboss/domain/kernel/json";
import { integer, jsonb, pgTable, smallint, text, uuid } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const freeSpinIssues = pgTable("free_spin_issues", {
  id: id64("id").primaryKey().generatedAlwaysAsIdentity(),
  providerId: integer("provider_id").notNull(),
  playerId: id64("player_id").notNull(),
  currency: smallint("currency").notNull(),
  games: text("games").array().notNull(),
  spins: integer("spins").notNull(),
  betLevel: integer("bet_level"),
  validUntil: instant("valid_until").notNull(),
  state: text("state").$type<FreeSpinsState>().notNull().default("REQUESTED"),
  won: id64("won"),
  requestKey: uuid("request_key").notNull(),
  requestId: text("request_id").notNull(),
  bodyHash: id64("body_hash").notNull(),
  actor: text("actor").notNull(),
  reason: text("reason").notNull(),
  failure: jsonb("failure").$type<JsonObject>(),
  createdAt: instant("created_at").notNull().defaultNow(),
  updatedAt: instant("updated_at").notNull().defaultNow(),
  lastSentAt: instant("last_sent_at"),
  sends: integer("sends").notNull().default(0),
  recallSentAt: instant("recall_sent_at"),
  workAt: instant("work_at").defaultNow(),
  worked: integer("worked").notNull().default(0),
});
