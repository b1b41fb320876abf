import { bytea, id64, instant } from "../kernel/columns.ts";
import { pgTable, text } from "drizzle-orm/pg-core";

export const playerKeys = pgTable("player_keys", {
  id: id64("id").primaryKey().generatedAlwaysAsIdentity(),
  playerId: id64("player_id").notNull(),
  purpose: text("purpose").$type<"PROFILE" | "RETENTION">().notNull(),
  wrapped: bytea("wrapped"),
  masterKeyId: text("master_key_id"),
  createdAt: instant("created_at").notNull().defaultNow(),
  retainUntil: instant("retain_until"),
  destroyedAt: instant("destroyed_at"),
});
