import { index, integer, pgTable, primaryKey } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const providerCallSlots = pgTable(
  "provider_call_slots",
  {
    providerId: integer("provider_id").notNull(),
    slot: instant("slot").notNull(),
    calls: id64("calls").notNull(),
    refused: id64("refused").notNull(),
    faulty: id64("faulty").notNull(),
    house: id64("house").notNull(),
    slow: id64("slow").notNull(),
    strangers: id64("strangers").notNull(),
    latency: id64("latency").array().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.providerId, table.slot] }),
    index("provider_call_slots_slot").on(table.slot),
  ],
);
