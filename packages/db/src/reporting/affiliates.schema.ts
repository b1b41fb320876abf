import { integer, pgTable, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const affiliates = pgTable("affiliates", {
  id: id64("id").primaryKey().generatedAlwaysAsIdentity(),
  name: text("name").notNull(),
  email: text("email").notNull(),
  status: text("status").$type<"ACTIVE" | "SUSPENDED">().notNull().default("ACTIVE"),
  leastPayment: id64("least_payment").notNull().default(0n),
  payeePsp: text("payee_psp"),
  payeeToken: text("payee_token"),
  payeeLabel: text("payee_label"),
  payeeVersion: integer("payee_version").notNull().default(0),
  createdAt: instant("created_at").notNull().defaultNow(),
  createdBy: text("created_by").notNull(),
});
