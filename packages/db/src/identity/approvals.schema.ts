import type { ApprovalKind } from "@pitboss/domain/identity/approval-kinds";
import type { ApprovalStatus } from "@pitboss/domain/identity/approval-machine";
import type { JsonObject } from "@pitboss/domain/kernel/json";
import { bytea, id64, instant } from "../kernel/columns.ts";
import { jsonb, pgTable, smallint, text } from "drizzle-orm/pg-core";

export const approvals = pgTable("approvals", {
  id: id64("id").primaryKey().generatedAlwaysAsIdentity(),
  kind: text("kind").$type<ApprovalKind>().notNull(),
  content: jsonb("content").$type<JsonObject>().notNull(),
  contentHash: bytea("content_hash").notNull(),
  summary: text("summary").notNull(),
  subjectKind: text("subject_kind").notNull(),
  subjectId: text("subject_id").notNull(),
  amount: id64("amount"),
  currency: smallint("currency"),
  required: smallint("required").notNull(),
  status: text("status").$type<ApprovalStatus>().notNull().default("PROPOSED"),
  proposedBy: id64("proposed_by").notNull(),
  proposedAt: instant("proposed_at").notNull().defaultNow(),
  expiresAt: instant("expires_at").notNull(),
  closedAt: instant("closed_at"),
  appliedBy: text("applied_by"),
  result: jsonb("result").$type<JsonObject>(),
});
