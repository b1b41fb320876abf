/** What must be true of a ledger at any moment, asked of the database in the plainest SQL, past all of the engine's code. */
import type pg from "pg";

interface Check {
  /** What is broken where the query finds a row. */
  readonly broken: string;
  readonly sql: string;
}

/** A bet with the sums of what followed it. */
const betSums = `
  SELECT b.id, b.player_id, b.currency, b.stake, coalesce(b.bonus_part, 0) AS bonus_part, b.bonus_wallet_id,
         coalesce(sum(t.settled_cash), 0) AS settled_cash, coalesce(sum(t.settled_bonus), 0) AS settled_bonus,
         coalesce((array_agg(t.paid_cash + t.paid_bonus ORDER BY t.number DESC))[1], 0) AS paid,
         coalesce(sum(t.settled_cash + t.settled_bonus) FILTER (WHERE t.status = 3), 0) AS given_back,
         coalesce((array_agg(t.status ORDER BY t.number DESC))[1], 1) AS status,
         count(t.number) AS transitions, coalesce(max(t.number), 0) AS newest
    FROM bets b LEFT JOIN bet_transitions t ON t.bet_id = b.id
   GROUP BY b.id, b.player_id, b.currency, b.stake, b.bonus_part, b.bonus_wallet_id`;

const checks: readonly Check[] = [
  {
    broken: "a transaction's postings do not sum to zero in a currency",
    sql: `SELECT transaction_id, currency, sum(available + held) FROM postings
           GROUP BY transaction_id, currency HAVING sum(available + held) <> 0`,
  },
  {
    broken: "a wallet's balances are not the sums of its postings",
    sql: `SELECT w.id, w.available, w.held, p.* FROM wallets w
            LEFT JOIN (SELECT wallet_id, sum(available) AS available, sum(held) AS held, max(transaction_id) AS newest
                         FROM postings GROUP BY wallet_id) p ON p.wallet_id = w.id
           WHERE w.available <> coalesce(p.available, 0) OR w.held <> coalesce(p.held, 0)
              OR w.last_transaction <> coalesce(p.newest, 0)`,
  },
  {
    broken: "a posting's balances do not follow from those of the posting before",
    sql: `SELECT * FROM (
            SELECT p.*, lag(available_after, 1, 0::bigint) OVER chain AS available_before,
                   lag(held_after, 1, 0::bigint) OVER chain AS held_before
              FROM postings p WINDOW chain AS (PARTITION BY wallet_id ORDER BY transaction_id)) linked
           WHERE available_after <> available_before + available OR held_after <> held_before + held`,
  },
  {
    broken: "a player's balance is below zero",
    sql: "SELECT * FROM wallets WHERE player_id IS NOT NULL AND kind <> 3 AND (available < 0 OR held < 0)",
  },
  {
    broken: "a player's balance was below zero",
    sql: `SELECT p.* FROM postings p JOIN wallets w ON w.id = p.wallet_id
           WHERE w.player_id IS NOT NULL AND w.kind <> 3 AND (p.available_after < 0 OR p.held_after < 0)`,
  },
  {
    broken: "what is held is not what the open bets and payouts hold",
    sql: `WITH bet AS (${betSums}), holds AS (
            SELECT w.id AS wallet_id, sum(bet.stake - bet.bonus_part - bet.settled_cash) AS held
              FROM bet JOIN wallets w ON w.player_id = bet.player_id AND w.currency = bet.currency AND w.kind = 1 GROUP BY w.id
            UNION ALL
            SELECT bonus_wallet_id, sum(bonus_part - settled_bonus) FROM bet WHERE bonus_wallet_id IS NOT NULL GROUP BY 1
            UNION ALL
            SELECT p.wallet_id, sum(p.held) FROM postings p JOIN transactions t ON t.id = p.transaction_id
             WHERE t.type IN (7, 8, 9) GROUP BY p.wallet_id)
          SELECT w.id, w.held, coalesce(sum(holds.held), 0) FROM wallets w LEFT JOIN holds ON holds.wallet_id = w.id
           WHERE w.player_id IS NOT NULL GROUP BY w.id, w.held HAVING w.held <> coalesce(sum(holds.held), 0)`,
  },
  {
    broken: "a bet's postings are not what its stake and its transitions say",
    sql: `WITH bet AS (${betSums}), moved AS (
            SELECT coalesce(t.reference, t.id) AS bet_id, sum(p.available) AS available, sum(p.held) AS held
              FROM transactions t JOIN postings p ON p.transaction_id = t.id JOIN wallets w ON w.id = p.wallet_id
             WHERE t.type IN (2, 3, 4, 5, 6, 22) AND w.player_id IS NOT NULL GROUP BY 1)
          SELECT bet.*, moved.* FROM bet LEFT JOIN moved ON moved.bet_id = bet.id
           WHERE moved.available IS DISTINCT FROM bet.paid + bet.given_back - bet.stake
              OR moved.held IS DISTINCT FROM bet.stake - bet.settled_cash - bet.settled_bonus`,
  },
  {
    broken: "a bet's transitions have a gap, or its status is not what is left of its hold",
    sql: `SELECT * FROM (${betSums}) bet
           WHERE transitions <> newest OR settled_cash > stake - bonus_part OR settled_bonus > bonus_part
              OR (status = 1) <> (settled_cash + settled_bonus < stake)`,
  },
  {
    broken: "a transaction without postings, or postings without their transaction",
    sql: `SELECT t.id, p.transaction_id FROM transactions t FULL JOIN (SELECT DISTINCT transaction_id FROM postings) p
              ON p.transaction_id = t.id WHERE t.id IS NULL OR p.transaction_id IS NULL`,
  },
  {
    broken: "a bet without its HOLD, or a HOLD without its bet",
    sql: `SELECT b.id, t.id FROM bets b FULL JOIN (SELECT id FROM transactions WHERE type = 2) t ON t.id = b.id
           WHERE b.id IS NULL OR t.id IS NULL`,
  },
  {
    broken: "a bet without its one request, or a request without its bet",
    sql: `SELECT b.id, r.key FROM bets b FULL JOIN (SELECT key, ref FROM requests WHERE kind = 1) r ON r.ref = b.id
           WHERE b.id IS NULL OR r.key IS NULL OR b.id IN (SELECT ref FROM requests WHERE kind = 1 GROUP BY ref HAVING count(*) > 1)`,
  },
  {
    broken: "a transition of a bet that does not exist, or by a transaction that does not exist",
    sql: `SELECT t.* FROM bet_transitions t
           WHERE NOT EXISTS (SELECT FROM bets WHERE id = t.bet_id)
              OR NOT EXISTS (SELECT FROM transactions WHERE id = t.transaction_id)`,
  },
  {
    broken: "a request's answer points at nothing",
    sql: `SELECT r.* FROM requests r
           WHERE (kind = 3 AND NOT EXISTS (SELECT FROM denials WHERE id = r.ref))
              OR (kind = 2 AND (answer IS NULL OR (ref IS NOT NULL AND NOT EXISTS (SELECT FROM transactions WHERE id = r.ref))))`,
  },
  {
    broken: "a batch whose row in the outbox does not count its transactions",
    sql: `SELECT o.*, t.* FROM (SELECT id >> 10 AS batch, count(*) AS transactions FROM transactions GROUP BY 1) t
            FULL JOIN (SELECT batch, transactions FROM outbox WHERE transactions > 0) o USING (batch)
           WHERE o.transactions IS DISTINCT FROM t.transactions`,
  },
];

export interface Broken {
  readonly broken: string;
  /** Some of the rows that show it. */
  readonly rows: readonly unknown[];
}

/** All checks on one snapshot, so that bets that are being taken meanwhile are seen whole or not at all. */
export async function checkLedger(client: pg.ClientBase): Promise<Broken[]> {
  await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
  const found: Broken[] = [];
  for (const { broken, sql } of checks) {
    const { rows } = await client.query<Record<string, unknown>>(`SELECT * FROM (${sql}) found LIMIT 5`);
    if (rows.length > 0) found.push({ broken, rows });
  }
  await client.query("COMMIT");
  return found;
}
