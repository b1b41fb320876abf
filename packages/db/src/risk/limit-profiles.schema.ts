import type { ProfileName, StoredProfileRow } from "@pitboss/domain/risk/limit-profile";
import { integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const limitProfiles = pgTable(
  "limit_profiles",
  {
    profile: text("profile").$type<ProfileName>().notNull(),
    version: integer("version").notNull(),
    effectiveFrom: instant("effective_from").notNull(),
    rows: jsonb("rows").$type<readonly StoredProfileRow[]>().notNull(),
    approvalId: id64("approval_id"),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.profile, table.version] })],
);
