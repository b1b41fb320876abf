import { bytea, id64, instant } from "../kernel/columns.ts";
import { pgTable, text } from "drizzle-orm/pg-core";

export const auditCheckpoints = pgTable("audit_checkpoints", {
  number: id64("number").primaryKey(),
  position: id64("position").notNull(),
  chainHash: bytea("chain_hash").notNull(),
  sealedAt: instant("sealed_at").notNull(),
  kid: text("kid").notNull(),
  signature: text("signature").notNull(),
});
