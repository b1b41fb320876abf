import { integer, pgTable, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const chargebackEvidence = pgTable("chargeback_evidence", {
  id: id64("id").primaryKey().generatedAlwaysAsIdentity(),
  chargebackId: id64("chargeback_id").notNull(),
  name: text("name").notNull(),
  mediaType: text("media_type").notNull(),
  bytes: integer("bytes").notNull(),
  sha256: text("sha256").notNull(),
  object: text("object").notNull(),
  addedBy: text("added_by").notNull(),
  addedAt: instant("added_at").notNull().defaultNow(),
});
