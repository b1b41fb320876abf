import { bytea, instant } from "../kernel/columns.ts";
import { pgTable, text } from "drizzle-orm/pg-core";

export type KeyPurpose = "STAFF" | "PLAYER" | "AUDIT";

export const signingKeys = pgTable("signing_keys", {
  kid: text("kid").primaryKey(),
  purpose: text("purpose").$type<KeyPurpose>().notNull(),
  publicKey: text("public_key").notNull(),
  privateSealed: bytea("private_sealed"),
  masterKeyId: text("master_key_id"),
  createdAt: instant("created_at").notNull().defaultNow(),
  signsFrom: instant("signs_from").notNull(),
  verifiesUntil: instant("verifies_until"),
});
