import { sql } from "drizzle-orm";
import { pgTable, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const affiliateClicks = pgTable("affiliate_clicks", {
  id: id64("id").primaryKey().generatedAlwaysAsIdentity(),
  code: text("code").notNull(),
  at: instant("at").notNull().default(sql`clock_timestamp()`),
  sub: text("sub"),
});
