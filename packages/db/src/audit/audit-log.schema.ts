import type { ActorKind, Channel } from "@pitboss/domain/audit/audit-entry";
import type { JsonObject } from "@pitboss/domain/kernel/json";
import { id64, instant } from "../kernel/columns.ts";
import { inet, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";

export const auditLog = pgTable("audit_log", {
  id: id64("id").primaryKey().generatedAlwaysAsIdentity(),
  at: instant("at").notNull().defaultNow(),
  actorKind: text("actor_kind").$type<ActorKind>().notNull(),
  actorId: text("actor_id").notNull(),
  actingAs: text("acting_as").array().notNull(),
  channel: text("channel").$type<Channel>().notNull(),
  sessionId: text("session_id"),
  ip: inet("ip"),
  userAgent: text("user_agent"),
  action: text("action").notNull(),
  subjectKind: text("subject_kind").notNull(),
  subjectId: text("subject_id").notNull(),
  reason: text("reason"),
  before: jsonb("before").$type<JsonObject>(),
  after: jsonb("after").$type<JsonObject>(),
  approvalId: text("approval_id"),
  traceId: uuid("trace_id"),
});
