import { boolean, pgTable, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const affiliateCodes = pgTable("affiliate_codes", {
  code: text("code").primaryKey(),
  affiliateId: id64("affiliate_id").notNull(),
  label: text("label").notNull(),
  landing: text("landing").notNull(),
  active: boolean("active").notNull().default(true),
  createdAt: instant("created_at").notNull().defaultNow(),
});
