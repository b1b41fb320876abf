import { bytea, id64, instant } from "../kernel/columns.ts";
import { pgTable } from "drizzle-orm/pg-core";

export const playerDetails = pgTable("player_details", {
  playerId: id64("player_id").primaryKey(),
  keyId: id64("key_id").notNull(),
  email: bytea("email"),
  firstName: bytea("first_name"),
  lastName: bytea("last_name"),
  birthDate: bytea("birth_date"),
  address: bytea("address"),
  phone: bytea("phone"),
  emailIndex: bytea("email_index"),
  emailVerifiedAt: instant("email_verified_at"),
  erasedAt: instant("erased_at"),
  markedAt: instant("marked_at"),
  updatedAt: instant("updated_at").notNull().defaultNow(),
});
