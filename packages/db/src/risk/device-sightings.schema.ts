import { pgTable, primaryKey } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const deviceSightings = pgTable(
  "device_sightings",
  {
    deviceId: id64("device_id").notNull(),
    playerId: id64("player_id").notNull(),
    firstSeenAt: instant("first_seen_at").notNull().defaultNow(),
    lastSeenAt: instant("last_seen_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.deviceId, table.playerId] })],
);
