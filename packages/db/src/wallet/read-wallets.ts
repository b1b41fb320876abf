/** Reads of wallets and their postings: now, at an instant, and as the chain that explains a balance. */
import { sql } from "drizzle-orm";
import { type Currency, currencyOfNumber } from "@pitboss/domain/wallet/currency";
import {
  type TransactionType,
  transactionTypeOf,
  type WalletKind,
  walletKindOf,
} from "@pitboss/domain/wallet/ledger-codes";
import { firstIdAt } from "@pitboss/domain/wallet/transaction-id";
import type { Executor } from "../kernel/executor.ts";
import type { Database } from "../kernel/pool.ts";

export interface WalletRecord {
  readonly id: bigint;
  readonly kind: WalletKind;
  readonly currency: Currency;
  readonly qualifier: string;
  readonly available: bigint;
  readonly held: bigint;
}

export async function listWallets(db: Database, playerId: bigint): Promise<WalletRecord[]> {
  const { rows } = await db.execute<Record<string, string>>(sql`
    SELECT id, kind, currency, qualifier, available, held FROM wallets
     WHERE player_id = ${playerId} ORDER BY currency, kind, id`);
  return rows.map(readWallet);
}

/**
 * The player's wallets as they were just before `atMs`: for each, one descent of the postings' key. Transactions are
 * numbered by time, so the instant is a transaction id.
 */
export async function listWalletsAsOf(db: Database, playerId: bigint, atMs: number): Promise<WalletRecord[]> {
  const { rows } = await db.execute<Record<string, string>>(sql`
    SELECT w.id, w.kind, w.currency, w.qualifier, coalesce(p.available_after, 0) AS available, coalesce(p.held_after, 0) AS held
      FROM wallets w
      LEFT JOIN LATERAL (
        SELECT available_after, held_after FROM postings
         WHERE wallet_id = w.id AND transaction_id < ${firstIdAt(atMs)}
         ORDER BY transaction_id DESC LIMIT 1) p ON true
     WHERE w.player_id = ${playerId} ORDER BY w.currency, w.kind, w.id`);
  return rows.map(readWallet);
}

/** The house's accounts added up over their stripes, now or just before an instant. */
export async function listHouseBalances(db: Database, atMs?: number): Promise<WalletRecord[]> {
  const limit = atMs === undefined ? 1n << 62n : firstIdAt(atMs);
  const { rows } = await db.execute<Record<string, string>>(sql`
    SELECT min(w.id) AS id, w.kind, w.currency, w.qualifier, sum(coalesce(p.available_after, 0))::bigint AS available,
           sum(coalesce(p.held_after, 0))::bigint AS held
      FROM wallets w
      LEFT JOIN LATERAL (
        SELECT available_after, held_after FROM postings
         WHERE wallet_id = w.id AND transaction_id < ${limit}
         ORDER BY transaction_id DESC LIMIT 1) p ON true
     WHERE w.player_id IS NULL GROUP BY w.kind, w.currency, w.qualifier ORDER BY w.kind, w.currency, w.qualifier`);
  return rows.map(readWallet);
}

export interface PostingRecord {
  readonly transactionId: bigint;
  readonly type: TransactionType;
  readonly walletKind: WalletKind;
  readonly currency: Currency;
  readonly available: bigint;
  readonly held: bigint;
  readonly availableAfter: bigint;
  readonly heldAfter: bigint;
  /** The bet, payment or transaction that caused it; on a HOLD its own id, which is the bet's. */
  readonly reference: bigint;
  readonly requestId: string | null;
  readonly roundRef: string | null;
  readonly gameCode: string | null;
  readonly actor: string | null;
  readonly details: unknown;
  readonly traceId: string;
}

export interface PostingFilter {
  readonly playerId: bigint;
  /** Only postings older than this transaction. */
  readonly before?: bigint;
  readonly currency?: number;
  readonly walletKind?: number;
  readonly limit: number;
}

/**
 * A player's postings, newest first, each with its cause. The newest rows of each wallet are merged, so the work is the
 * page's size times the wallets, however long the history is.
 */
export async function listPostings(db: Executor, filter: PostingFilter): Promise<PostingRecord[]> {
  const before = filter.before ?? 1n << 62n;
  const { rows } = await db.execute<Record<string, string | null> & { details: unknown }>(sql`
    SELECT p.transaction_id, t.type, w.kind, w.currency, p.available, p.held, p.available_after, p.held_after,
           coalesce(t.reference, t.id) AS reference, coalesce(t.request_id, t.request_uuid::text) AS request_id,
           b.round_ref, g.code AS game_code, t.actor, t.details, t.trace_id
      FROM wallets w
      CROSS JOIN LATERAL (
        SELECT * FROM postings WHERE wallet_id = w.id AND transaction_id < ${before}
         ORDER BY transaction_id DESC LIMIT ${filter.limit}) p
      JOIN transactions t ON t.id = p.transaction_id
      LEFT JOIN bets b ON b.id = coalesce(t.reference, t.id)
      LEFT JOIN games g ON g.id = b.game_id
     WHERE w.player_id = ${filter.playerId}
       AND (${filter.currency ?? null}::smallint IS NULL OR w.currency = ${filter.currency ?? null}::smallint)
       AND (${filter.walletKind ?? null}::smallint IS NULL OR w.kind = ${filter.walletKind ?? null}::smallint)
     ORDER BY p.transaction_id DESC, w.kind LIMIT ${filter.limit}`);
  return rows.map((row) => ({
    transactionId: BigInt(row["transaction_id"] ?? 0),
    type: transactionTypeOf(Number(row["type"])),
    walletKind: walletKindOf(Number(row["kind"])),
    currency: currencyOfNumber(Number(row["currency"])),
    available: BigInt(row["available"] ?? 0),
    held: BigInt(row["held"] ?? 0),
    availableAfter: BigInt(row["available_after"] ?? 0),
    heldAfter: BigInt(row["held_after"] ?? 0),
    reference: BigInt(row["reference"] ?? 0),
    requestId: row["request_id"] ?? null,
    roundRef: row["round_ref"] ?? null,
    gameCode: row["game_code"] ?? null,
    actor: row["actor"] ?? null,
    details: row.details,
    traceId: row["trace_id"] ?? "",
  }));
}

function readWallet(row: Record<string, string>): WalletRecord {
  return {
    id: BigInt(row["id"] ?? 0),
    kind: walletKindOf(Number(row["kind"])),
    currency: currencyOfNumber(Number(row["currency"])),
    qualifier: row["qualifier"] ?? "",
    available: BigInt(row["available"] ?? 0),
    held: BigInt(row["held"] ?? 0),
  };
}
