import { boolean, pgTable, text } from "drizzle-orm/pg-core";
import { bytea, id64, instant } from "../kernel/columns.ts";

export const staffPasskeys = pgTable("staff_passkeys", {
  id: text("id").primaryKey(),
  staffId: id64("staff_id").notNull(),
  publicKey: bytea("public_key").notNull(),
  counter: id64("counter").notNull(),
  transports: text("transports").array().notNull(),
  name: text("name").notNull(),
  backedUp: boolean("backed_up").notNull(),
  createdAt: instant("created_at").notNull().defaultNow(),
  lastUsedAt: instant("last_used_at"),
});
