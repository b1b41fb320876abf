import { sql } from "drizzle-orm";
import { pgTable, text } from "drizzle-orm/pg-core";
import { bytea, id64, instant } from "../kernel/columns.ts";

export type TravelState = "READY" | "SENT" | "ACCEPTED" | "REJECTED" | "KEPT";

export const travelMessages = pgTable("travel_messages", {
  payoutId: id64("payout_id").primaryKey(),
  keyId: id64("key_id").notNull(),
  sealed: bytea("sealed").notNull(),
  counterparty: text("counterparty"),
  state: text("state").$type<TravelState>().notNull().default("READY"),
  reference: text("reference"),
  why: text("why"),
  createdAt: instant("created_at").notNull().default(sql`clock_timestamp()`),
  sentAt: instant("sent_at"),
  answeredAt: instant("answered_at"),
});
