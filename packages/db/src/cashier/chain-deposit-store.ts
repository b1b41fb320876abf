/** Deposits on chains: what of them is there, and what became of them beside the deposit itself. */
import type { CryptoAsset } from "@pitboss/domain/cashier/crypto-asset";
import { type Currency, currencies, currencyOfNumber } from "@pitboss/domain/wallet/currency";
import { eq, sql } from "drizzle-orm";
import { type Executor, queryRows } from "../kernel/executor.ts";
import type { Statement } from "../kernel/session.ts";
import { chainDeposits } from "./chain-deposits.schema.ts";

export type ChainDeposit = typeof chainDeposits.$inferSelect;

export async function findChainDeposit(db: Executor, depositId: bigint): Promise<ChainDeposit | undefined> {
  const [row] = await db.select().from(chainDeposits).where(eq(chainDeposits.depositId, depositId));
  return row;
}

export async function insertChainDeposit(db: Executor, row: typeof chainDeposits.$inferInsert): Promise<void> {
  await db.insert(chainDeposits).values(row).onConflictDoNothing();
}

/** Where it stands on its chain now. */
export async function noteChainStanding(
  db: Executor,
  depositId: bigint,
  { txHash, confirmations, sources }: Pick<ChainDeposit, "txHash" | "confirmations" | "sources">,
): Promise<void> {
  await db
    .update(chainDeposits)
    .set({ txHash, confirmations, sources, updatedAt: sql`clock_timestamp()` })
    .where(eq(chainDeposits.depositId, depositId));
}

/** Written along with its credit: what was found, whether it is frozen, and when it is converted. */
export const noteChainCreditStatement: Statement = {
  name: "note-chain-credit",
  text: `UPDATE chain_deposits SET kyt_id = $2::bigint, frozen_for = $3::text, updated_at = clock_timestamp(),
                convert_at = CASE WHEN $3::text IS NULL AND convert_to IS NOT NULL THEN clock_timestamp() END
          WHERE deposit_id = $1::bigint`,
};

export function noteChainCreditValues(
  depositId: bigint,
  { kytId, frozenFor }: { readonly kytId: bigint; readonly frozenFor: string | null },
): readonly (string | null)[] {
  return [depositId.toString(), kytId.toString(), frozenFor];
}

/** Written along with the DEPOSIT_RELEASE of this request key; fails where it is not frozen. */
export const releaseDepositStatement: Statement = {
  name: "release-deposit",
  text: "SELECT release_deposit($1::bigint, $2::uuid)",
};

export interface DueConversion {
  readonly depositId: bigint;
  readonly to: Currency;
}

/** Takes conversions that are due, so that no other engine takes them before `until`. */
export async function claimDueConversions(
  db: Executor,
  { now, until, limit }: { readonly now: Date; readonly until: Date; readonly limit: number },
): Promise<DueConversion[]> {
  const rows = await queryRows<{ deposit_id: string; convert_to: number }>(
    db,
    sql`UPDATE chain_deposits SET convert_at = ${until}
         WHERE deposit_id IN (SELECT deposit_id FROM chain_deposits WHERE convert_at <= ${now} ORDER BY convert_at
                               LIMIT ${limit} FOR NO KEY UPDATE SKIP LOCKED)
        RETURNING deposit_id, convert_to`,
  );
  return rows.map(({ deposit_id, convert_to }) => ({
    depositId: BigInt(deposit_id),
    to: currencyOfNumber(convert_to),
  }));
}

/** It is done, or was refused for good; null is refused. */
export async function endConversion(db: Executor, depositId: bigint, conversionId: bigint | null): Promise<void> {
  await db
    .update(chainDeposits)
    .set({ convertAt: null, ...(conversionId === null ? {} : { conversionId }), updatedAt: sql`clock_timestamp()` })
    .where(eq(chainDeposits.depositId, depositId));
}

/** What the house holds and owes of each asset by its own books, minor units. */
export interface AssetBooks {
  readonly asset: CryptoAsset;
  /** Cash of players, what is held of it included. */
  readonly owed: bigint;
  /** What custodians owe the house by the ledger. */
  readonly inCustody: bigint;
}

export async function readAssetBooks(db: Executor, assets: readonly CryptoAsset[]): Promise<AssetBooks[]> {
  const numbers = assets.map((asset) => currencies[asset].number);
  const rows = await queryRows<{ currency: number; owed: string; custody: string }>(
    db,
    sql`SELECT currency, coalesce(sum(available + held) FILTER (WHERE player_id IS NOT NULL), 0) AS owed,
               coalesce(-sum(available + held) FILTER (WHERE kind = 11), 0) AS custody
          FROM wallets WHERE currency = ANY(${`{${numbers.join(",")}}`}::smallint[]) GROUP BY currency`,
  );
  return assets.map((asset) => {
    const row = rows.find(({ currency }) => currency === currencies[asset].number);
    return { asset, owed: BigInt(row?.owed ?? 0), inCustody: BigInt(row?.custody ?? 0) };
  });
}
