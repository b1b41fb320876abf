import { bytea, id64 } from "../kernel/columns.ts";
import { pgTable } from "drizzle-orm/pg-core";

export const playerRetained = pgTable("player_retained", {
  playerId: id64("player_id").primaryKey(),
  keyId: id64("key_id").notNull(),
  firstName: bytea("first_name"),
  lastName: bytea("last_name"),
  birthDate: bytea("birth_date"),
  address: bytea("address"),
});
