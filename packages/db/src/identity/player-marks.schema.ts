import { pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { bytea, id64 } from "../kernel/columns.ts";

export const playerMarks = pgTable(
  "player_marks",
  {
    kind: text("kind").$type<"PHONE" | "ADDRESS" | "PERSON">().notNull(),
    mark: bytea("mark").notNull(),
    playerId: id64("player_id").notNull(),
  },
  (table) => [primaryKey({ columns: [table.kind, table.mark, table.playerId] })],
);
