import { bytea, id64, instant } from "../kernel/columns.ts";
import { pgTable } from "drizzle-orm/pg-core";

export const staffTotp = pgTable("staff_totp", {
  staffId: id64("staff_id").primaryKey(),
  secretSealed: bytea("secret_sealed").notNull(),
  createdAt: instant("created_at").notNull().defaultNow(),
  confirmedAt: instant("confirmed_at"),
  lastStep: id64("last_step"),
});
