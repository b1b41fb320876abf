import { id64, instant } from "../kernel/columns.ts";
import { inet, pgTable, text } from "drizzle-orm/pg-core";

export const signInAttempts = pgTable("sign_in_attempts", {
  id: id64("id").primaryKey().generatedAlwaysAsIdentity(),
  at: instant("at").notNull().defaultNow(),
  kind: text("kind").$type<"staff" | "player">().notNull(),
  accountId: id64("account_id"),
  ip: inet("ip"),
  userAgent: text("user_agent"),
  outcome: text("outcome").notNull(),
});
