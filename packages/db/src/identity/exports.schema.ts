import type { JsonObject } from "@pitboss/domain/kernel/json";
import { id64, instant } from "../kernel/columns.ts";
import { boolean, jsonb, pgTable, text } from "drizzle-orm/pg-core";

export type ExportStatus = "QUEUED" | "RUNNING" | "DONE" | "FAILED";

export type ExportFormat = "csv" | "xlsx" | "pdf" | "parquet" | "xml";

export const exports = pgTable("exports", {
  id: id64("id").primaryKey().generatedAlwaysAsIdentity(),
  staffId: id64("staff_id").notNull(),
  list: text("list").notNull(),
  format: text("format").$type<ExportFormat>().notNull().default("csv"),
  preamble: boolean("preamble").notNull().default(false),
  filters: jsonb("filters").$type<JsonObject>().notNull(),
  status: text("status").$type<ExportStatus>().notNull().default("QUEUED"),
  rowCount: id64("row_count").notNull().default(0n),
  byteCount: id64("byte_count").notNull().default(0n),
  file: text("file"),
  failure: text("failure"),
  createdAt: instant("created_at").notNull().defaultNow(),
  finishedAt: instant("finished_at"),
  expiresAt: instant("expires_at"),
});
