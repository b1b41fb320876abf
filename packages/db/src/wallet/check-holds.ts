/** What players' wallets hold against what holds it: open bets, and withdrawals on their way. */
import { betTransactionTypes } from "@pitboss/domain/wallet/ledger-codes";
import { sql } from "drizzle-orm";
import { type Executor } from "../kernel/executor.ts";
import { type LedgerSlice, mostFaults, readSlice } from "./check-ledger.ts";

/**
 * The next wallets of players after this one. The bets of a wallet are found by the postings that held their stakes; a
 * bet that takes cash and bonus money is held in both. What no bet moved (a withdrawal) stands for itself.
 */
export function checkHolds(db: Executor, after: bigint, limit: number): Promise<LedgerSlice> {
  const betTypes = `{${betTransactionTypes.join(",")}}`;
  return readSlice(
    db,
    sql`
    WITH slice AS MATERIALIZED (
      SELECT id, kind, held FROM wallets WHERE id > ${after} AND player_id IS NOT NULL ORDER BY id LIMIT ${limit}),
    owed AS MATERIALIZED (
      SELECT s.*, coalesce(b.held, 0) AS bets, coalesce(o.held, 0) AS others
        FROM slice s
        LEFT JOIN LATERAL (
          SELECT sum(CASE WHEN b.bonus_wallet_id = s.id THEN b.bonus_part - coalesce(t.bonus, 0)
                          ELSE b.stake - coalesce(b.bonus_part, 0) - coalesce(t.cash, 0) END) AS held
            FROM postings p
            JOIN bets b ON b.id = p.transaction_id
            LEFT JOIN LATERAL (
              SELECT sum(settled_cash) AS cash, sum(settled_bonus) AS bonus FROM bet_transitions WHERE bet_id = b.id) t ON true
           WHERE p.wallet_id = s.id AND p.held > 0) b ON true
        LEFT JOIN LATERAL (
          SELECT sum(p.held) AS held FROM postings p JOIN transactions x ON x.id = p.transaction_id
           WHERE p.wallet_id = s.id AND p.held <> 0 AND NOT x.type = ANY(${betTypes}::smallint[])) o ON true),
    faults AS (
      SELECT 'hold' AS kind, id,
             format('it holds %s, its open bets %s and other things %s (minor units)', held, bets, others) AS detail
        FROM owed WHERE held <> bets + others)
    SELECT (SELECT count(*)::integer FROM slice) AS checked, (SELECT max(id) FROM slice) AS up_to,
           (SELECT jsonb_agg(jsonb_build_object('kind', kind, 'id', id::text, 'detail', detail))
              FROM (SELECT * FROM faults ORDER BY id LIMIT ${mostFaults}) f) AS faults`,
  );
}
