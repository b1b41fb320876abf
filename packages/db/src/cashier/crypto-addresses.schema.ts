import type { CryptoAsset } from "@pitboss/domain/cashier/crypto-asset";
import type { Hosting } from "@pitboss/domain/cashier/travel-rule";
import { pgTable, smallint, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const cryptoAddresses = pgTable("crypto_addresses", {
  instrumentId: id64("instrument_id").primaryKey(),
  playerId: id64("player_id").notNull(),
  custodian: text("custodian").notNull(),
  asset: text("asset").$type<CryptoAsset>().notNull(),
  kind: text("kind").$type<"DEPOSIT" | "PAYOUT">().notNull(),
  address: text("address").notNull(),
  vault: text("vault"),
  convertTo: smallint("convert_to"),
  hosting: text("hosting").$type<Hosting>(),
  provider: text("provider"),
  createdAt: instant("created_at").notNull().defaultNow(),
});
