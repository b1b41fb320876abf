import type { ListSource } from "@pitboss/domain/compliance/screening/list-entry";
import { date, integer, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export interface ListFile {
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
}

export const screeningLists = pgTable("screening_lists", {
  id: id64("id").primaryKey().generatedAlwaysAsIdentity(),
  source: text("source").$type<ListSource>().notNull(),
  checksum: text("checksum").notNull(),
  files: jsonb("files").$type<readonly ListFile[]>().notNull(),
  publishedOn: date("published_on", { mode: "string" }),
  entries: integer("entries").notNull(),
  persons: integer("persons").notNull(),
  added: integer("added").notNull(),
  changed: integer("changed").notNull(),
  removed: integer("removed").notNull(),
  importedAt: instant("imported_at").notNull().defaultNow(),
  importedBy: text("imported_by").notNull(),
  reason: text("reason").notNull(),
});
