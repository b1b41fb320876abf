import { integer, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const conformanceReports = pgTable("conformance_reports", {
  id: id64("id").primaryKey().generatedAlwaysAsIdentity(),
  providerId: integer("provider_id"),
  dialect: text("dialect").notNull(),
  target: text("target").notNull(),
  scenarios: integer("scenarios").notNull(),
  failed: integer("failed").notNull(),
  report: jsonb("report").notNull(),
  createdBy: text("created_by").notNull(),
  createdAt: instant("created_at").notNull().defaultNow(),
});
