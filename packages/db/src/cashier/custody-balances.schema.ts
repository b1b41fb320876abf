import type { CryptoAsset } from "@pitboss/domain/cashier/crypto-asset";
import { boolean, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { id64, instant } from "../kernel/columns.ts";

export const custodyBalances = pgTable(
  "custody_balances",
  {
    custodian: text("custodian").notNull(),
    vault: text("vault").notNull(),
    asset: text("asset").$type<CryptoAsset>().notNull(),
    hot: boolean("hot").notNull(),
    total: id64("total").notNull(),
    available: id64("available").notNull(),
    readAt: instant("read_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.custodian, table.vault, table.asset] })],
);
