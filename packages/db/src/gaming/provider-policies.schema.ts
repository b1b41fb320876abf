import { integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { instant } from "../kernel/columns.ts";

export const providerPolicies = pgTable(
  "provider_policies",
  {
    providerId: integer("provider_id").notNull(),
    version: integer("version").notNull(),
    dialect: text("dialect").notNull(),
    policy: jsonb("policy").notNull(),
    reason: text("reason").notNull(),
    actor: text("actor").notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.providerId, table.version] })],
);
