/**
 * What a player has bet, by quarters of an hour, told from the ledger: what a counter begins with where a limit is set in
 * the middle of its window, and what it can be checked against. Play in game banks is told by what came back from there.
 */
import { transactionTypes } from "@pitboss/domain/wallet/ledger-codes";
import type { PlayedTick } from "@pitboss/domain/risk/hold-limit";
import { firstIdAt } from "@pitboss/domain/wallet/transaction-id";
import { currencyOfNumber } from "@pitboss/domain/wallet/currency";
import { sql } from "drizzle-orm";
import { type Executor, queryRows } from "../kernel/executor.ts";

/** `gapMs`: play that rested for so long was another session. */
export async function readPlayTicks(
  db: Executor,
  playerId: bigint,
  sinceMs: number,
  gapMs: number,
): Promise<PlayedTick[]> {
  const rows = await queryRows<{
    tick: string;
    currency: number;
    wagered: string;
    lost: string;
    lost_gross: string;
    played_ms: string;
  }>(
    db,
    sql`WITH placed AS (
          SELECT DISTINCT b.id, b.currency, b.stake, b.stake - coalesce(b.bonus_part, 0) AS cash
            FROM wallets w JOIN postings p ON p.wallet_id = w.id JOIN bets b ON b.id = p.transaction_id
           WHERE w.player_id = ${playerId} AND p.transaction_id >= ${firstIdAt(sinceMs - gapMs)} AND b.id >= ${firstIdAt(sinceMs - gapMs)}
        ), timed AS (
          SELECT *, (id >> 22) + 1735689600000 AS at_ms,
                 (id >> 22) - (lag(id) OVER (ORDER BY id) >> 22) AS rest_ms
            FROM placed
        ), told AS (
          SELECT timed.*, stake - coalesce(done.unstaked, 0) AS wagered,
                 cash - coalesce(done.uncashed, 0) - coalesce(done.paid, 0) AS lost
            FROM timed LEFT JOIN LATERAL (
              SELECT sum(settled_cash + settled_bonus) FILTER (WHERE status = 3) AS unstaked,
                     sum(settled_cash) FILTER (WHERE status = 3) AS uncashed,
                     (array_agg(paid_cash ORDER BY number DESC))[1] AS paid
                FROM bet_transitions t WHERE t.bet_id = timed.id) done ON true
        ), banked AS (
          SELECT (t.id >> 22) + 1735689600000 AS at_ms, p.currency, -sum(p.available) AS lost
            FROM wallets w JOIN postings p ON p.wallet_id = w.id JOIN transactions t ON t.id = p.transaction_id
           WHERE w.player_id = ${playerId} AND p.transaction_id >= ${firstIdAt(sinceMs)} AND t.id >= ${firstIdAt(sinceMs)}
             AND t.type = ${transactionTypes.TRANSFER_IN}
           GROUP BY t.id, p.currency
        ), counted AS (
          SELECT at_ms, currency, wagered, lost, rest_ms FROM told WHERE at_ms >= ${sinceMs}
          UNION ALL SELECT at_ms, currency, greatest(lost, 0), lost, NULL FROM banked
        )
        SELECT at_ms / 900000 * 900000 AS tick, currency, sum(wagered)::text AS wagered, sum(lost)::text AS lost,
               sum(greatest(lost, 0))::text AS lost_gross,
               coalesce(sum(rest_ms) FILTER (WHERE rest_ms < ${gapMs}), 0)::text AS played_ms
          FROM counted GROUP BY 1, 2 ORDER BY 1, 2`,
  );
  return rows.map((row) => ({
    atMs: Number(row.tick),
    currency: currencyOfNumber(row.currency),
    wagered: BigInt(row.wagered),
    lost: BigInt(row.lost),
    lostGross: BigInt(row.lost_gross),
    playedMs: BigInt(row.played_ms),
  }));
}
