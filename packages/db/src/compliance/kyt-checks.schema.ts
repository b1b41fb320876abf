import { sql } from "drizzle-orm";
import type { CryptoAsset } from "@pitboss/domain/cashier/crypto-asset";
import type { KytDecision } from "@pitboss/domain/compliance/kyt/decide-kyt";
import type { JsonObject } from "@pitboss/domain/kernel/json";
import { integer, jsonb, pgTable, smallint, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const kytChecks = pgTable("kyt_checks", {
  id: id64("id").primaryKey().generatedAlwaysAsIdentity(),
  direction: text("direction").$type<"IN" | "OUT">().notNull(),
  playerId: id64("player_id").notNull(),
  depositId: id64("deposit_id"),
  payoutId: id64("payout_id"),
  asset: text("asset").$type<CryptoAsset>().notNull(),
  addresses: text("addresses").array().notNull(),
  txHash: text("tx_hash"),
  provider: text("provider").notNull(),
  decision: text("decision").$type<KytDecision>().notNull(),
  score: smallint("score").notNull(),
  reasons: text("reasons").array().notNull(),
  ruleVersion: integer("rule_version").notNull(),
  inputs: jsonb("inputs").$type<JsonObject>().notNull(),
  at: instant("at").notNull().default(sql`clock_timestamp()`),
});
