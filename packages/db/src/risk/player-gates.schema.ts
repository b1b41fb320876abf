import type { ExclusionKind } from "@pitboss/domain/compliance/exclusion";
import type { ProfileName } from "@pitboss/domain/risk/limit-profile";
import { integer, pgTable, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const playerGates = pgTable("player_gates", {
  playerId: id64("player_id").primaryKey(),
  blockUntil: instant("block_until"),
  youngUntil: instant("young_until"),
  blockKind: text("block_kind").$type<ExclusionKind>(),
  profile: text("profile").$type<ProfileName>().notNull().default("DEFAULT"),
  realityCheckMinutes: integer("reality_check_minutes"),
  /** Limits, what they count and the clock (`storePlay`). */
  play: text("play").notNull().default(""),
  /** The counters' older slots (`storeOlderPlay`). */
  older: text("older").notNull().default(""),
});
