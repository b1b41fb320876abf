import type { PackRules } from "@pitboss/domain/risk/jurisdiction-pack";
import { integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const jurisdictionPacks = pgTable(
  "jurisdiction_packs",
  {
    code: text("code").notNull(),
    version: integer("version").notNull(),
    effectiveFrom: instant("effective_from").notNull(),
    countries: text("countries").array().notNull(),
    rules: jsonb("rules").$type<PackRules>().notNull(),
    approvalId: id64("approval_id"),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.code, table.version] })],
);
