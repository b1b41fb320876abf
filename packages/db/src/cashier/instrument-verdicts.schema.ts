import { boolean, pgTable, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const instrumentVerdicts = pgTable("instrument_verdicts", {
  id: id64("id").primaryKey().generatedAlwaysAsIdentity(),
  instrumentId: id64("instrument_id").notNull(),
  verified: boolean("verified").notNull(),
  staffId: id64("staff_id").notNull(),
  reason: text("reason").notNull(),
  at: instant("at").notNull().defaultNow(),
});
