import { bytea, id64, instant } from "../kernel/columns.ts";
import { pgTable } from "drizzle-orm/pg-core";

export const playerNotes = pgTable("player_notes", {
  id: id64("id").primaryKey().generatedAlwaysAsIdentity(),
  playerId: id64("player_id").notNull(),
  authorId: id64("author_id").notNull(),
  keyId: id64("key_id").notNull(),
  body: bytea("body").notNull(),
  writtenAt: instant("written_at").notNull().defaultNow(),
});
