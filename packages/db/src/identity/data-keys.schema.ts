import { bytea, instant } from "../kernel/columns.ts";
import { pgTable, text } from "drizzle-orm/pg-core";

export const dataKeys = pgTable("data_keys", {
  name: text("name").primaryKey(),
  wrapped: bytea("wrapped").notNull(),
  masterKeyId: text("master_key_id").notNull(),
  createdAt: instant("created_at").notNull().defaultNow(),
  rewrappedAt: instant("rewrapped_at"),
});
