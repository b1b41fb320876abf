/**
 * What the house is open to on chains: what it holds of each asset by its books and by its custodians, what it owes to
 * players, and what the difference is worth. Above the house's threshold it says that the difference is to be hedged.
 */
import { readAssetBooks } from "@pitboss/db/cashier/chain-deposit-store";
import { findCryptoPolicy } from "@pitboss/db/cashier/crypto-address-store";
import { listCustodyBalances } from "@pitboss/db/cashier/custody-store";
import { readValueInEur } from "@pitboss/db/cashier/read-chain-facts";
import { type CryptoAsset, cryptoAssetNames } from "@pitboss/domain/cashier/crypto-asset";
import { judgeExposure } from "@pitboss/domain/cashier/exposure";
import { formatMinor, parseAmount } from "@pitboss/domain/wallet/money";
import { z } from "zod";
import { procedure } from "../../edge/trpc/procedure.ts";

export interface ExposureRow {
  readonly asset: CryptoAsset;
  /** By the ledger. */
  readonly inCustody: string;
  readonly owed: string;
  /** What is the house's own; below zero it owes more than it holds. */
  readonly position: string;
  /** Null without a rate. */
  readonly positionEur: string | null;
  readonly hedgeFromEur: string;
  readonly verdict: "WITHIN" | "HEDGE" | "UNKNOWN";
  readonly wallets: readonly {
    readonly custodian: string;
    readonly vault: string;
    readonly hot: boolean;
    readonly total: string;
    readonly available: string;
    readonly readAt: string;
  }[];
}

export interface Exposure {
  readonly at: string;
  readonly rows: readonly ExposureRow[];
}

export const showExposure = procedure("treasury.read")
  .input(z.object({}).optional())
  .query(async ({ ctx }): Promise<Exposure> => {
    const { db, clock } = ctx.deps;
    const now = new Date(clock.now());
    const books = await readAssetBooks(db, cryptoAssetNames);
    const balances = await listCustodyBalances(db);
    const rows: ExposureRow[] = [];
    for (const { asset, owed, inCustody } of books) {
      const position = inCustody - owed;
      const size = position < 0n ? -position : position;
      const worth = size === 0n ? "0.00" : await readValueInEur(db, size, asset, now);
      const { hedgeFrom } = await findCryptoPolicy(db, asset, now);
      const cents = worth === null ? null : parseAmount(worth, "EUR");
      rows.push({
        asset,
        inCustody: formatMinor(inCustody, asset),
        owed: formatMinor(owed, asset),
        position: formatMinor(position, asset),
        positionEur: worth === null ? null : position < 0n ? `-${worth}` : worth,
        hedgeFromEur: formatMinor(hedgeFrom, "EUR"),
        verdict: judgeExposure(cents?.ok === true ? cents.value : null, hedgeFrom),
        wallets: balances
          .filter((one) => one.asset === asset)
          .map(({ custodian, vault, hot, total, available, readAt }) => ({
            custodian,
            vault,
            hot,
            total: formatMinor(total, asset),
            available: formatMinor(available, asset),
            readAt: readAt.toISOString(),
          })),
      });
    }
    return { at: now.toISOString(), rows };
  });
