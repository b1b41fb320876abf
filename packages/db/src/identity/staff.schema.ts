import { id64, instant } from "../kernel/columns.ts";
import { pgTable, text } from "drizzle-orm/pg-core";

export const staff = pgTable("staff", {
  id: id64("id").primaryKey().generatedByDefaultAsIdentity(),
  email: text("email").notNull(),
  name: text("name").notNull(),
  status: text("status").$type<"INVITED" | "ACTIVE" | "SUSPENDED">().notNull().default("INVITED"),
  passwordHash: text("password_hash"),
  invitedBy: id64("invited_by"),
  createdAt: instant("created_at").notNull().defaultNow(),
});
