import type { HitState } from "@pitboss/domain/compliance/screening/hit-machine";
import type { ListSource, Topic } from "@pitboss/domain/compliance/screening/list-entry";
import { pgTable, smallint, text } from "drizzle-orm/pg-core";
import { bytea, id64, instant } from "../kernel/columns.ts";

export const screeningHits = pgTable("screening_hits", {
  id: id64("id").primaryKey().generatedAlwaysAsIdentity(),
  playerId: id64("player_id").notNull(),
  source: text("source").$type<ListSource>().notNull(),
  ref: text("ref").notNull(),
  topic: text("topic").$type<Topic>().notNull(),
  entryId: id64("entry_id").notNull(),
  entryHash: text("entry_hash").notNull(),
  subjectHash: text("subject_hash").notNull(),
  score: smallint("score").notNull(),
  state: text("state").$type<HitState>().notNull().default("OPEN"),
  ruleVersion: id64("rule_version").notNull(),
  algorithm: smallint("algorithm").notNull(),
  keyId: id64("key_id").notNull(),
  details: bytea("details").notNull(),
  foundAt: instant("found_at").notNull().defaultNow(),
  updatedAt: instant("updated_at").notNull().defaultNow(),
  decidedAt: instant("decided_at"),
  decidedBy: text("decided_by"),
  reason: text("reason"),
  expiresAt: instant("expires_at"),
});
