import { bigint, jsonb, pgTable, smallint, text, timestamp, uuid } from "drizzle-orm/pg-core";

export const denials = pgTable("denials", {
  id: bigint({ mode: "bigint" }).primaryKey().generatedAlwaysAsIdentity(),
  playerId: bigint("player_id", { mode: "bigint" }),
  at: timestamp({ withTimezone: true }).notNull().defaultNow(),
  requestKey: uuid("request_key").notNull(),
  traceId: uuid("trace_id").notNull(),
  ruleVersion: smallint("rule_version").notNull(),
  command: text().notNull(),
  code: text().notNull(),
  rule: text().notNull(),
  detail: text(),
  inputs: jsonb().notNull(),
});
