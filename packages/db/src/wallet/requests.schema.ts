import { bigint, pgTable, smallint, text, uuid } from "drizzle-orm/pg-core";

export const requests = pgTable("requests", {
  key: uuid().primaryKey(),
  bodyHash: bigint("body_hash", { mode: "bigint" }),
  ref: bigint({ mode: "bigint" }),
  kind: smallint().notNull(),
  answer: text(),
});
