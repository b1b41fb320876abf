import { bytea, id64, instant } from "../kernel/columns.ts";
import { pgTable, text } from "drizzle-orm/pg-core";

export type ChallengePurpose = "SIGN_IN" | "PASSKEY_SIGN_IN" | "ENROL_PASSKEY" | "STEP_UP";

export const staffChallenges = pgTable("staff_challenges", {
  hash: bytea("hash").primaryKey(),
  purpose: text("purpose").$type<ChallengePurpose>().notNull(),
  staffId: id64("staff_id"),
  sessionId: id64("session_id"),
  challenge: text("challenge"),
  createdAt: instant("created_at").notNull().defaultNow(),
  expiresAt: instant("expires_at").notNull(),
  usedAt: instant("used_at"),
});
