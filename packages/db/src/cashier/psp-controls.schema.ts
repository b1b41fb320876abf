import { boolean, pgTable, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const pspControls = pgTable("psp_controls", {
  id: id64("id").primaryKey().generatedAlwaysAsIdentity(),
  psp: text("psp").notNull(),
  paused: boolean("paused").notNull(),
  reason: text("reason").notNull(),
  madeBy: text("made_by").notNull(),
  madeAt: instant("made_at").notNull().defaultNow(),
});
