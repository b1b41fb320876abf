import { bigint, jsonb, pgTable, smallint, text, uuid } from "drizzle-orm/pg-core";

export const transactions = pgTable("transactions", {
  id: bigint({ mode: "bigint" }).primaryKey(),
  playerId: bigint("player_id", { mode: "bigint" }),
  reference: bigint({ mode: "bigint" }),
  traceId: uuid("trace_id").notNull(),
  requestUuid: uuid("request_uuid"),
  type: smallint().notNull(),
  requestId: text("request_id"),
  actor: text(),
  details: jsonb(),
});
