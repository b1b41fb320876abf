/** Whether a player's balances follow from their postings, asked of the postings themselves. */
import { currencies, type Currency } from "@pitboss/domain/wallet/currency";
import { type WalletKind, walletKindOf } from "@pitboss/domain/wallet/ledger-codes";
import { sql } from "drizzle-orm";
import { type Executor, queryRows } from "../kernel/executor.ts";
import type { Database } from "../kernel/pool.ts";
import { listPostings, type PostingRecord } from "./read-wallets.ts";

export interface ExplainedWallet {
  readonly kind: WalletKind;
  readonly qualifier: string;
  readonly available: bigint;
  readonly held: bigint;
  readonly postings: number;
  /** What all its postings sum to. */
  readonly availableSum: bigint;
  readonly heldSum: bigint;
  /** Every posting begins where the one before it ended. */
  readonly unbroken: boolean;
}

export interface ExplainedBalance {
  readonly wallets: readonly ExplainedWallet[];
  readonly postings: readonly PostingRecord[];
}

interface Ask {
  readonly playerId: bigint;
  readonly currency: Currency;
  /** Only postings older than this transaction are listed; the check is over all of them. */
  readonly before?: bigint;
  readonly limit: number;
}

/** Balances, their check and a page of the chain as of one instant, so that a bet in between breaks nothing. */
export function explainBalance(db: Database, { playerId, currency, before, limit }: Ask): Promise<ExplainedBalance> {
  const { number } = currencies[currency];
  return db.transaction(
    async (snapshot) => ({
      wallets: await checkWallets(snapshot, playerId, number),
      postings: await listPostings(snapshot, {
        playerId,
        currency: number,
        limit,
        ...(before === undefined ? {} : { before }),
      }),
    }),
    { isolationLevel: "repeatable read", accessMode: "read only" },
  );
}

/** One scan of the wallets' own postings by their key, which is in the order of time. */
async function checkWallets(db: Executor, playerId: bigint, currency: number): Promise<ExplainedWallet[]> {
  const rows = await queryRows<Record<string, string> & { unbroken: boolean }>(
    db,
    sql`
    SELECT w.kind, w.qualifier, w.available, w.held, p.*
      FROM wallets w
      CROSS JOIN LATERAL (
        SELECT count(*) AS postings, coalesce(sum(available), 0) AS available_sum, coalesce(sum(held), 0) AS held_sum,
               coalesce(bool_and(linked), true) AS unbroken
          FROM (
            SELECT available, held,
                   available_after = available + lag(available_after, 1, 0::bigint) OVER chain
                   AND held_after = held + lag(held_after, 1, 0::bigint) OVER chain AS linked
              FROM postings WHERE wallet_id = w.id
            WINDOW chain AS (ORDER BY transaction_id)) links) p
     WHERE w.player_id = ${playerId} AND w.currency = ${currency}
     ORDER BY w.kind, w.id`,
  );
  return rows.map((row) => ({
    kind: walletKindOf(Number(row["kind"])),
    qualifier: row["qualifier"] ?? "",
    available: BigInt(row["available"] ?? 0),
    held: BigInt(row["held"] ?? 0),
    postings: Number(row["postings"]),
    availableSum: BigInt(row["available_sum"] ?? 0),
    heldSum: BigInt(row["held_sum"] ?? 0),
    unbroken: row.unbroken,
  }));
}
