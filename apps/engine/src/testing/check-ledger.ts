/** What must hold of every ledger at every moment, asked of the rows themselves. Answers what does not hold. */
import type { Database } from "@pitboss/db/kernel/pool";
import { sql } from "drizzle-orm";

export async function findLedgerFaults(db: Database): Promise<string[]> {
  const { rows } = await db.execute<{ fault: string }>(sql`
    SELECT format('transaction %s does not sum to zero in currency %s', transaction_id, currency) AS fault
      FROM postings GROUP BY transaction_id, currency HAVING sum(available + held) <> 0
    UNION ALL
    SELECT format('wallet %s has %s/%s and postings of %s/%s', w.id, w.available, w.held, p.available, p.held)
      FROM wallets w
      LEFT JOIN (SELECT wallet_id, sum(available) AS available, sum(held) AS held FROM postings GROUP BY wallet_id) p
        ON p.wallet_id = w.id
     WHERE (w.available, w.held) IS DISTINCT FROM (coalesce(p.available, 0), coalesce(p.held, 0))
    UNION ALL
    SELECT format('player %s holds %s in currency %s, and open bets of %s and payouts of %s', h.player_id, h.held, h.currency,
                  coalesce(b.held, 0), coalesce(o.held, 0))
      FROM (SELECT player_id, currency, sum(held) AS held FROM wallets WHERE player_id IS NOT NULL GROUP BY 1, 2) h
      FULL JOIN (
        SELECT b.player_id, b.currency, sum(b.stake - coalesce(t.settled, 0)) AS held
          FROM bets b
          LEFT JOIN (SELECT bet_id, sum(settled_cash + settled_bonus) AS settled FROM bet_transitions GROUP BY 1) t
            ON t.bet_id = b.id
         GROUP BY 1, 2) b USING (player_id, currency)
      FULL JOIN (
        SELECT player_id, currency, sum(amount) AS held FROM payouts
         WHERE settle_id IS NULL AND release_id IS NULL GROUP BY 1, 2) o USING (player_id, currency)
      FULL JOIN (
        SELECT d.player_id, d.currency, sum(d.credited) AS held FROM chain_deposits c JOIN deposits d ON d.id = c.deposit_id
         WHERE c.frozen_for IS NOT NULL AND c.release_id IS NULL GROUP BY 1, 2) f USING (player_id, currency)
     WHERE coalesce(h.held, 0) <> coalesce(b.held, 0) + coalesce(o.held, 0) + coalesce(f.held, 0)`);
  return rows.map(({ fault }) => fault);
}
