import { integer, pgTable, text } from "drizzle-orm/pg-core";
import { bytea, id64, instant } from "../kernel/columns.ts";

export const providerCredentials = pgTable("provider_credentials", {
  id: id64("id").primaryKey().generatedAlwaysAsIdentity(),
  providerId: integer("provider_id").notNull(),
  kind: text("kind").notNull(),
  sealed: bytea("sealed").notNull(),
  fingerprint: text("fingerprint").notNull(),
  validFrom: instant("valid_from").notNull().defaultNow(),
  validUntil: instant("valid_until"),
  createdBy: text("created_by").notNull(),
});
