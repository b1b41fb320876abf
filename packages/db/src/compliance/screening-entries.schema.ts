import type { ListEntry, ListSource } from "@pitboss/domain/compliance/screening/list-entry";
import { jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { id64 } from "../kernel/columns.ts";

export const screeningEntries = pgTable("screening_entries", {
  id: id64("id").primaryKey().generatedAlwaysAsIdentity(),
  source: text("source").$type<ListSource>().notNull(),
  ref: text("ref").notNull(),
  hash: text("hash").notNull(),
  body: jsonb("body").$type<ListEntry>().notNull(),
  fromList: id64("from_list").notNull(),
  untilList: id64("until_list"),
});
