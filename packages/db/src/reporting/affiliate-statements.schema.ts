import { date, integer, jsonb, pgTable, smallint, text } from "drizzle-orm/pg-core";
import type { StatementState } from "@pitboss/domain/reporting/affiliates/statement";
import { bytea, id64, instant } from "../kernel/columns.ts";

export const affiliateStatements = pgTable("affiliate_statements", {
  id: id64("id").primaryKey().generatedAlwaysAsIdentity(),
  affiliateId: id64("affiliate_id").notNull(),
  month: date("month").notNull(),
  version: integer("version").notNull(),
  state: text("state").$type<StatementState>().notNull(),
  currency: smallint("currency").notNull(),
  total: id64("total").notNull(),
  due: id64("due").notNull(),
  carriedOut: id64("carried_out").notNull(),
  body: jsonb("body").notNull(),
  hash: bytea("hash").notNull(),
  basis: text("basis").notNull(),
  madeAt: instant("made_at").notNull().defaultNow(),
  actor: text("actor").notNull(),
  reason: text("reason").notNull(),
  approvedAt: instant("approved_at"),
  approvedBy: text("approved_by"),
  transactionId: id64("transaction_id"),
});
