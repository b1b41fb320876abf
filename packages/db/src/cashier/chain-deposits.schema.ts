import type { CryptoAsset } from "@pitboss/domain/cashier/crypto-asset";
import { sql } from "drizzle-orm";
import { boolean, integer, pgTable, smallint, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const chainDeposits = pgTable("chain_deposits", {
  depositId: id64("deposit_id").primaryKey(),
  custodian: text("custodian").notNull(),
  asset: text("asset").$type<CryptoAsset>().notNull(),
  transferId: text("transfer_id").notNull(),
  txHash: text("tx_hash"),
  address: text("address").notNull(),
  sources: text("sources").array().notNull(),
  confirmations: integer("confirmations").notNull().default(0),
  needed: integer("needed").notNull(),
  dust: boolean("dust").notNull(),
  kytId: id64("kyt_id"),
  frozenFor: text("frozen_for"),
  releaseId: id64("release_id"),
  convertTo: smallint("convert_to"),
  convertAt: instant("convert_at"),
  conversionId: id64("conversion_id"),
  updatedAt: instant("updated_at").notNull().default(sql`clock_timestamp()`),
});
