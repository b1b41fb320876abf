/** Transactions as staff looks for them, newest first, bounded like the search of bets; and one with all its postings. */
import { type Currency, currencyOfNumber } from "@pitboss/domain/wallet/currency";
import {
  type TransactionType,
  transactionTypeOf,
  transactionTypes,
  type WalletKind,
  walletKindOf,
} from "@pitboss/domain/wallet/ledger-codes";
import { type SQL, sql } from "drizzle-orm";
import { type Executor, queryRows } from "../kernel/executor.ts";
import { listWalletIds, newestPostings } from "./newest-postings.ts";

export interface TransactionFilter {
  readonly playerId?: bigint | undefined;
  readonly types?: readonly TransactionType[] | undefined;
  readonly actor?: string | undefined;
  readonly from?: bigint | undefined;
  readonly before?: bigint | undefined;
  readonly limit: number;
}

export interface TransactionRow {
  readonly id: bigint;
  readonly type: TransactionType;
  readonly playerId: bigint | null;
  readonly nickname: string | null;
  readonly reference: bigint | null;
  readonly requestId: string | null;
  readonly actor: string | null;
  readonly traceId: string;
  readonly details: unknown;
  /** What it moved on the player's wallets, in all. */
  readonly moved: readonly { readonly currency: Currency; readonly available: bigint; readonly held: bigint }[];
}

export interface TransactionPage {
  readonly rows: readonly TransactionRow[];
  readonly scannedTo: bigint | null;
  readonly more: boolean;
}

/** How many transactions a page with filters looks at; of one player fewer, since each lies on a page of its own. */
const transactionScan = 10_000;
const playerTransactionScan = 2_000;

interface Row {
  readonly oldest: string | null;
  readonly scanned: string;
  readonly id: string | null;
  readonly type: number;
  readonly player_id: string | null;
  readonly nickname: string | null;
  readonly reference: string | null;
  readonly request_id: string | null;
  readonly actor: string | null;
  readonly trace_id: string;
  readonly details: unknown;
  readonly moved: { c: number; a: string; h: string }[] | null;
}

/** `wallets` are the player's, where the filter names one. */
export function searchTransactionsStatement(
  filter: TransactionFilter,
  wallets: readonly bigint[],
): {
  readonly statement: SQL;
  readonly scan: number;
} {
  const conditions: SQL[] = [];
  if (filter.types !== undefined) {
    conditions.push(
      sql`t.type = ANY(${`{${filter.types.map((type) => transactionTypes[type]).join(",")}}`}::smallint[])`,
    );
  }
  if (filter.actor !== undefined) conditions.push(sql`t.actor = ${filter.actor}`);
  const ofAll = filter.playerId === undefined ? transactionScan : playerTransactionScan;
  const scan = conditions.length === 0 ? filter.limit : ofAll;
  const statement = sql`
    WITH scanned AS MATERIALIZED (${scannedIds(filter, wallets, scan)}),
    matched AS (
      SELECT t.* FROM ${scannedTransactions(filter, scan)} t
       ${conditions.length === 0 ? sql`` : sql`WHERE ${sql.join(conditions, sql` AND `)}`}
       ORDER BY t.id DESC LIMIT ${filter.limit})
    SELECT e.oldest, e.scanned, m.id, m.type, m.player_id, m.reference, m.actor, m.trace_id, m.details,
           coalesce(m.request_id, m.request_uuid::text) AS request_id, p.nickname,
           (SELECT jsonb_agg(jsonb_build_object('c', moved.currency, 'a', moved.available::text, 'h', moved.held::text))
              FROM (SELECT x.currency, sum(x.available) AS available, sum(x.held) AS held
                      FROM wallets w JOIN postings x ON x.wallet_id = w.id AND x.transaction_id = m.id
                     WHERE w.player_id = m.player_id GROUP BY x.currency ORDER BY x.currency) moved) AS moved
      FROM (SELECT min(id) AS oldest, count(*) AS scanned FROM scanned) e
      LEFT JOIN matched m ON true
      LEFT JOIN players p ON p.id = m.player_id
     ORDER BY m.id DESC`;
  return { statement, scan };
}

/** The ids that are looked at: of one player from the postings, otherwise from the transactions' own key. */
function scannedIds(filter: TransactionFilter, wallets: readonly bigint[], scan: number): SQL {
  return filter.playerId === undefined
    ? sql`SELECT id FROM transactions ${newestIn(filter, scan)}`
    : newestPostings(wallets, rangeOf(filter), scan, sql`true`);
}

/** Those transactions, newest first. A page that is full early reads no further, and no plan reads a partition whole. */
function scannedTransactions(filter: TransactionFilter, scan: number): SQL {
  return filter.playerId === undefined
    ? sql`(SELECT * FROM transactions ${newestIn(filter, scan)})`
    : sql`(SELECT own.* FROM scanned s CROSS JOIN LATERAL (SELECT * FROM transactions WHERE id = s.id LIMIT 1) own)`;
}

function newestIn(filter: TransactionFilter, scan: number): SQL {
  const { before, from } = rangeOf(filter);
  return sql`WHERE id < ${before} AND id >= ${from} ORDER BY id DESC LIMIT ${scan}`;
}

function rangeOf({ before, from }: TransactionFilter): { readonly before: bigint; readonly from: bigint } {
  return { before: before ?? 1n << 62n, from: from ?? 0n };
}

export async function searchTransactions(db: Executor, filter: TransactionFilter): Promise<TransactionPage> {
  const wallets = filter.playerId === undefined ? [] : await listWalletIds(db, filter.playerId);
  const { statement, scan } = searchTransactionsStatement(filter, wallets);
  const rows = await queryRows<Row>(db, statement);
  const [first] = rows;
  return {
    rows: rows.flatMap((row) => (row.id === null ? [] : [readTransaction(row, row.id)])),
    scannedTo: first?.oldest == null ? null : BigInt(first.oldest),
    more: Number(first?.scanned ?? 0) === scan,
  };
}

export interface PostingView {
  readonly walletId: bigint;
  readonly owner: "player" | "house";
  readonly kind: WalletKind;
  readonly qualifier: string;
  readonly stripe: number;
  readonly currency: Currency;
  readonly available: bigint;
  readonly held: bigint;
  readonly availableAfter: bigint;
  readonly heldAfter: bigint;
}

export interface TransactionDetail extends TransactionRow {
  readonly postings: readonly PostingView[];
}

export async function findTransaction(db: Executor, id: bigint): Promise<TransactionDetail | undefined> {
  const page = await searchTransactions(db, { from: id, before: id + 1n, limit: 1 });
  const [row] = page.rows;
  if (row === undefined) return undefined;
  const postings = await queryRows<{
    wallet_id: string;
    player_id: string | null;
    kind: number;
    qualifier: string;
    stripe: number;
    currency: number;
    available: string;
    held: string;
    available_after: string;
    held_after: string;
  }>(
    db,
    sql`SELECT p.wallet_id, w.player_id, w.kind, w.qualifier, w.stripe, p.currency, p.available, p.held, p.available_after, p.held_after
          FROM postings p JOIN wallets w ON w.id = p.wallet_id
         WHERE p.transaction_id = ${id} ORDER BY w.player_id NULLS LAST, w.kind, w.id`,
  );
  return {
    ...row,
    postings: postings.map((posting) => ({
      walletId: BigInt(posting.wallet_id),
      owner: posting.player_id === null ? "house" : "player",
      kind: walletKindOf(posting.kind),
      qualifier: posting.qualifier,
      stripe: posting.stripe,
      currency: currencyOfNumber(posting.currency),
      available: BigInt(posting.available),
      held: BigInt(posting.held),
      availableAfter: BigInt(posting.available_after),
      heldAfter: BigInt(posting.held_after),
    })),
  };
}

/**
 * The transactions of a bet: its hold, and those of its transitions. A settlement that pays has a second transaction
 * right after its first, which refers to the same bet.
 */
export async function listBetTransactions(
  db: Executor,
  betId: bigint,
  transitionIds: readonly bigint[],
): Promise<{ readonly id: bigint; readonly type: TransactionType }[]> {
  const ids = [...new Set([betId, ...transitionIds.flatMap((id) => [id, id + 1n])])];
  const rows = await queryRows<{ id: string; type: number }>(
    db,
    sql`SELECT id, type FROM transactions
         WHERE id = ANY(${`{${ids.join(",")}}`}::bigint[]) AND (id = ${betId} OR reference = ${betId}) ORDER BY id`,
  );
  return rows.map(({ id, type }) => ({ id: BigInt(id), type: transactionTypeOf(type) }));
}

function readTransaction(row: Row, id: string): TransactionRow {
  return {
    id: BigInt(id),
    type: transactionTypeOf(row.type),
    playerId: row.player_id === null ? null : BigInt(row.player_id),
    nickname: row.nickname,
    reference: row.reference === null ? null : BigInt(row.reference),
    requestId: row.request_id,
    actor: row.actor,
    traceId: row.trace_id,
    details: row.details,
    moved: (row.moved ?? []).map(({ c, a, h }) => ({
      currency: currencyOfNumber(c),
      available: BigInt(a),
      held: BigInt(h),
    })),
  };
}
