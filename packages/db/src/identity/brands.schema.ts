import { pgTable, text } from "drizzle-orm/pg-core";
import { instant } from "../kernel/columns.ts";

export const brands = pgTable("brands", {
  code: text("code").primaryKey(),
  name: text("name").notNull(),
  openedAt: instant("opened_at").notNull().defaultNow(),
});
