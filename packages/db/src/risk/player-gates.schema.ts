import type { ExclusionKind } from "@pitboss/domain/compliance/exclusion";
import type { StoredPlay } from "@pitboss/domain/risk/gate-state";
import type { ProfileName } from "@pitboss/domain/risk/limit-profile";
import { integer, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const playerGates = pgTable("player_gates", {
  playerId: id64("player_id").primaryKey(),
  blockUntil: instant("block_until"),
  youngUntil: instant("young_until"),
  blockKind: text("block_kind").$type<ExclusionKind>(),
  profile: text("profile").$type<ProfileName>().notNull().default("DEFAULT"),
  realityCheckMinutes: integer("reality_check_minutes"),
  play: jsonb("play").$type<StoredPlay>().notNull(),
});
