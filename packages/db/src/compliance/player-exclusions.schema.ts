import type { ExclusionKind, ExclusionState } from "@pitboss/domain/compliance/exclusion";
import { pgTable, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const playerExclusions = pgTable("player_exclusions", {
  id: id64("id").primaryKey().generatedAlwaysAsIdentity(),
  playerId: id64("player_id").notNull(),
  kind: text("kind").$type<ExclusionKind>().notNull(),
  state: text("state").$type<ExclusionState>().notNull().default("ACTIVE"),
  startsAt: instant("starts_at").notNull().defaultNow(),
  endsAt: instant("ends_at"),
  requestedBy: text("requested_by").notNull(),
  reason: text("reason"),
  cameFrom: id64("came_from"),
  reactivationAskedAt: instant("reactivation_asked_at"),
  reactivationReason: text("reactivation_reason"),
  liftsAt: instant("lifts_at"),
});
