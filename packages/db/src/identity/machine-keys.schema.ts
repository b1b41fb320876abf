import { bytea, id64, instant } from "../kernel/columns.ts";
import { cidr, integer, pgTable, text } from "drizzle-orm/pg-core";

export const machineKeys = pgTable("machine_keys", {
  id: id64("id").primaryKey().generatedAlwaysAsIdentity(),
  name: text("name").notNull(),
  hash: bytea("hash").notNull(),
  scopes: text("scopes").array().notNull(),
  providerId: integer("provider_id"),
  createdAt: instant("created_at").notNull().defaultNow(),
  expiresAt: instant("expires_at"),
  revokedAt: instant("revoked_at"),
  createdBy: id64("created_by"),
  networks: cidr("networks").array().notNull().default([]),
  lastUsedAt: instant("last_used_at"),
});
