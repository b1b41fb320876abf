import { pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const bankReferences = pgTable(
  "bank_references",
  {
    playerId: id64("player_id").notNull(),
    bank: text("bank").notNull(),
    reference: text("reference").notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.playerId, table.bank] })],
);
