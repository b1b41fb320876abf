import { bytea, instant } from "../kernel/columns.ts";
import { integer, pgTable } from "drizzle-orm/pg-core";

export const signInThrottles = pgTable("sign_in_throttles", {
  key: bytea("key").primaryKey(),
  failures: integer("failures").notNull(),
  lastAt: instant("last_at").notNull(),
  knownAt: instant("known_at"),
});
