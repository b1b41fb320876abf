import { pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const instrumentSightings = pgTable(
  "instrument_sightings",
  {
    psp: text("psp").notNull(),
    fingerprint: text("fingerprint").notNull(),
    playerId: id64("player_id").notNull(),
    firstSeenAt: instant("first_seen_at").notNull().defaultNow(),
    lastSeenAt: instant("last_seen_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.psp, table.fingerprint, table.playerId] })],
);
