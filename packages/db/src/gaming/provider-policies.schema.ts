import { integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const providerPolicies = pgTable(
  "provider_policies",
  {
    providerId: integer("provider_id").notNull(),
    version: integer("version").notNull(),
    dialect: text("dialect").notNull(),
    policy: jsonb("policy").notNull(),
    reason: text("reason").notNull(),
    actor: text("actor").notNull(),
    /** The proposal that brought it, where it took two people. */
    approvalId: id64("approval_id"),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.providerId, table.version] })],
);
