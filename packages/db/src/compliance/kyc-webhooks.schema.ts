import type { JsonObject } from "@pitboss/domain/kernel/json";
import { integer, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { bytea, id64, instant } from "../kernel/columns.ts";

export const kycWebhooks = pgTable("kyc_webhooks", {
  id: id64("id").primaryKey().generatedAlwaysAsIdentity(),
  eventKey: text("event_key"),
  type: text("type"),
  state: text("state").$type<"STORED" | "DONE" | "DEAD" | "FORGED">().notNull(),
  outcome: text("outcome"),
  headers: jsonb("headers").$type<JsonObject>().notNull(),
  body: bytea("body").notNull(),
  receivedAt: instant("received_at").notNull().defaultNow(),
  doneAt: instant("done_at"),
  dueAt: instant("due_at"),
  attempts: integer("attempts").notNull().default(0),
  deliveries: integer("deliveries").notNull().default(1),
});
