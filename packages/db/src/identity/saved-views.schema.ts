import type { JsonObject } from "@pitboss/domain/kernel/json";
import { boolean, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const savedViews = pgTable("saved_views", {
  id: id64("id").primaryKey().generatedAlwaysAsIdentity(),
  ownerId: id64("owner_id").notNull(),
  list: text("list").notNull(),
  name: text("name").notNull(),
  state: jsonb("state").$type<JsonObject>().notNull(),
  shared: boolean("shared").notNull().default(false),
  createdAt: instant("created_at").notNull().defaultNow(),
  updatedAt: instant("updated_at").notNull().defaultNow(),
});
