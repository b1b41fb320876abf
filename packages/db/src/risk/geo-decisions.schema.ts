import type { GeoFinding, GeoFindingRule, GeoVerdict } from "@pitboss/domain/risk/geo";
import { inet, integer, jsonb, numeric, pgTable, smallint, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const geoOccasions = ["LAUNCH", "DEPOSIT", "GAME_BANK"] as const;
export type GeoOccasion = (typeof geoOccasions)[number];

export const geoDecisions = pgTable("geo_decisions", {
  id: id64("id").primaryKey().generatedAlwaysAsIdentity(),
  playerId: id64("player_id").notNull(),
  occasion: text("occasion").$type<GeoOccasion>().notNull(),
  verdict: text("verdict").$type<GeoVerdict>().notNull(),
  rule: text("rule").$type<GeoFindingRule>(),
  ruleVersion: smallint("rule_version").notNull(),
  findings: jsonb("findings").$type<readonly GeoFinding[]>().notNull(),
  inputs: jsonb("inputs").$type<Readonly<Record<string, string | boolean | null>>>().notNull(),
  pack: text("pack").notNull(),
  packVersion: integer("pack_version").notNull(),
  ip: inet("ip"),
  latitude: numeric("latitude", { precision: 3, scale: 1 }),
  longitude: numeric("longitude", { precision: 4, scale: 1 }),
  at: instant("at").notNull().defaultNow(),
});
