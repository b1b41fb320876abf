import type { CryptoAsset } from "@pitboss/domain/cashier/crypto-asset";
import { integer, pgTable, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const cryptoPolicies = pgTable("crypto_policies", {
  id: id64("id").primaryKey().generatedAlwaysAsIdentity(),
  asset: text("asset").$type<CryptoAsset>().notNull(),
  effectiveFrom: instant("effective_from").notNull(),
  confirmations: integer("confirmations").notNull(),
  hedgeFrom: id64("hedge_from").notNull(),
  approvalId: id64("approval_id"),
});
