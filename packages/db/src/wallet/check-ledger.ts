/**
 * What must hold of every ledger, asked of the rows themselves and not of the code that wrote them. The ledger is read in
 * slices by key, so that a whole one can be checked beside its work, watched, stopped and gone on with.
 */
import { sql } from "drizzle-orm";
import { type Executor, queryRows } from "../kernel/executor.ts";

export interface LedgerFault {
  readonly kind: "unbalanced" | "orphan" | "balance" | "chain" | "hold";
  /** A transaction's number, or a wallet's. */
  readonly id: bigint;
  readonly detail: string;
}

export interface LedgerSlice {
  readonly checked: number;
  /** The last row that was looked at; null where there was none. */
  readonly upTo: bigint | null;
  readonly faults: readonly LedgerFault[];
}

/** A slice with more faults than this says so by its number of them; the rest is found once these are explained. */
export const mostFaults = 200;

interface Row {
  readonly checked: number;
  readonly up_to: string | null;
  readonly faults: { kind: LedgerFault["kind"]; id: string; detail: string }[] | null;
}

/** The next transactions after this one: their postings sum to zero in each currency, and each posting has its transaction. */
export function checkTransactions(db: Executor, after: bigint, limit: number): Promise<LedgerSlice> {
  return readSlice(
    db,
    sql`
    WITH slice AS MATERIALIZED (SELECT id FROM transactions WHERE id > ${after} ORDER BY id LIMIT ${limit}),
    bounds AS MATERIALIZED (SELECT count(*)::integer AS checked, max(id) AS up_to FROM slice),
    moved AS MATERIALIZED (
      SELECT p.transaction_id, p.currency, sum(p.available + p.held) AS total
        FROM postings p, bounds WHERE p.transaction_id > ${after} AND p.transaction_id <= bounds.up_to
       GROUP BY p.transaction_id, p.currency),
    faults AS (
      SELECT 'unbalanced' AS kind, transaction_id AS id,
             format('its postings in currency %s sum to %s minor units', currency, total) AS detail
        FROM moved WHERE total <> 0
      UNION ALL
      SELECT DISTINCT 'orphan', transaction_id, 'it has postings and no transaction'
        FROM moved WHERE transaction_id NOT IN (SELECT id FROM slice))
    SELECT checked, up_to,
           (SELECT jsonb_agg(jsonb_build_object('kind', kind, 'id', id::text, 'detail', detail))
              FROM (SELECT * FROM faults ORDER BY id LIMIT ${mostFaults}) f) AS faults
      FROM bounds`,
  );
}

/** The next wallets after this one: the balance is the sum of the postings, and what the last posting left. */
export function checkWallets(db: Executor, after: bigint, limit: number): Promise<LedgerSlice> {
  return readSlice(
    db,
    sql`
    WITH slice AS MATERIALIZED (SELECT * FROM wallets WHERE id > ${after} ORDER BY id LIMIT ${limit}),
    summed AS MATERIALIZED (
      SELECT s.*, coalesce(p.available_sum, 0) AS available_sum, coalesce(p.held_sum, 0) AS held_sum,
             coalesce(l.transaction_id, 0) AS last_id, coalesce(l.available_after, 0) AS last_available,
             coalesce(l.held_after, 0) AS last_held
        FROM slice s
        LEFT JOIN LATERAL (
          SELECT sum(available) AS available_sum, sum(held) AS held_sum FROM postings WHERE wallet_id = s.id) p ON true
        LEFT JOIN LATERAL (
          SELECT transaction_id, available_after, held_after FROM postings
           WHERE wallet_id = s.id ORDER BY transaction_id DESC LIMIT 1) l ON true),
    faults AS (
      SELECT 'balance' AS kind, id,
             format('it has %s available and %s held, and its postings sum to %s and %s', available, held, available_sum, held_sum) AS detail
        FROM summed WHERE (available, held) IS DISTINCT FROM (available_sum, held_sum)
      UNION ALL
      SELECT 'chain', id,
             format('it has %s and %s after transaction %s, and its last posting says %s and %s after %s',
                    available, held, last_transaction, last_available, last_held, last_id)
        FROM summed WHERE (available, held, last_transaction) IS DISTINCT FROM (last_available, last_held, last_id))
    SELECT (SELECT count(*)::integer FROM slice) AS checked, (SELECT max(id) FROM slice) AS up_to,
           (SELECT jsonb_agg(jsonb_build_object('kind', kind, 'id', id::text, 'detail', detail))
              FROM (SELECT * FROM faults ORDER BY id LIMIT ${mostFaults}) f) AS faults`,
  );
}

export async function readSlice(db: Executor, statement: ReturnType<typeof sql>): Promise<LedgerSlice> {
  const [row] = await queryRows<Row>(db, statement);
  return {
    checked: row?.checked ?? 0,
    upTo: row?.up_to == null ? null : BigInt(row.up_to),
    faults: (row?.faults ?? []).map(({ kind, id, detail }) => ({ kind, id: BigInt(id), detail })),
  };
}
