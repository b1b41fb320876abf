import { bytea, id64 } from "../kernel/columns.ts";
import { pgTable } from "drizzle-orm/pg-core";

export const auditChain = pgTable("audit_chain", {
  position: id64("position").primaryKey(),
  auditId: id64("audit_id").notNull(),
  entryHash: bytea("entry_hash").notNull(),
  chainHash: bytea("chain_hash").notNull(),
});
