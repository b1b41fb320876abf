import type { PayoutCheck } from "@pitboss/domain/cashier/payout-checks";
import type { PayoutState } from "@pitboss/domain/cashier/payout-machine";
import type { PayoutRejection } from "@pitboss/domain/cashier/payout-words";
import type { JsonObject } from "@pitboss/domain/kernel/json";
import { boolean, integer, jsonb, pgTable, smallint, text, uuid } from "drizzle-orm/pg-core";
import { bytea, id64, instant } from "../kernel/columns.ts";

export const payouts = pgTable("payouts", {
  id: id64("id").primaryKey().generatedByDefaultAsIdentity(),
  playerId: id64("player_id").notNull(),
  instrumentId: id64("instrument_id").notNull(),
  requestKey: uuid("request_key").notNull(),
  requestId: text("request_id").notNull(),
  bodyHash: id64("body_hash").notNull(),
  traceId: uuid("trace_id").notNull(),
  psp: text("psp").notNull(),
  method: text("method").notNull(),
  currency: smallint("currency").notNull(),
  amount: id64("amount").notNull(),
  country: text("country").notNull(),
  deviceId: id64("device_id"),
  forfeitAccepted: boolean("forfeit_accepted").notNull().default(false),
  state: text("state").$type<PayoutState>().notNull().default("REQUESTED"),
  policyId: id64("policy_id").notNull(),
  checks: jsonb("checks").$type<readonly PayoutCheck[]>().notNull(),
  score: smallint("score").notNull().default(0),
  people: smallint("people"),
  content: jsonb("content").$type<JsonObject>(),
  contentHash: bytea("content_hash"),
  approvalId: id64("approval_id"),
  pspReference: text("psp_reference"),
  failure: jsonb("failure").$type<JsonObject>(),
  rejection: text("rejection").$type<PayoutRejection>(),
  holdId: id64("hold_id").notNull(),
  settleId: id64("settle_id"),
  releaseId: id64("release_id"),
  createdAt: instant("created_at").notNull().defaultNow(),
  updatedAt: instant("updated_at").notNull().defaultNow(),
  stageAt: instant("stage_at").notNull().defaultNow(),
  dueAt: instant("due_at"),
  workAt: instant("work_at"),
  worked: integer("worked").notNull().default(0),
  sentAt: instant("sent_at"),
  lastSentAt: instant("last_sent_at"),
  claimedBy: id64("claimed_by"),
  claimedUntil: instant("claimed_until"),
  snoozedUntil: instant("snoozed_until"),
  /** What arrived, where that is less than was asked for. */
  paid: id64("paid"),
});
