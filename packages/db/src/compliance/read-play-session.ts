/** The newest session of a player's play, told from the ledger: from when to when, and what came of it. */
import { firstIdAt } from "@pitboss/domain/wallet/transaction-id";
import { type Currency, currencyOfNumber } from "@pitboss/domain/wallet/currency";
import { sql } from "drizzle-orm";
import { type Executor, queryRows } from "../kernel/executor.ts";

export interface PlaySession {
  readonly startedMs: number;
  readonly lastMs: number;
  readonly bets: number;
  readonly sums: readonly {
    readonly currency: Currency;
    /** Of bets that are settled, and what they returned; and what is still held of the others. */
    readonly staked: bigint;
    readonly returned: bigint;
    readonly atStake: bigint;
  }[];
}

/** A session that is longer than this is told from here on, ms. */
const lookBackMs = 24 * 3_600_000;

export async function readPlaySession(
  db: Executor,
  playerId: bigint,
  nowMs: number,
  gapMs: number,
): Promise<PlaySession | undefined> {
  const since = firstIdAt(nowMs - lookBackMs);
  const rows = await queryRows<{
    currency: number;
    started: string;
    last: string;
    bets: string;
    staked: string;
    returned: string;
    at_stake: string;
  }>(
    db,
    sql`WITH placed AS (
          SELECT DISTINCT b.id, b.currency, b.stake
            FROM wallets w JOIN postings p ON p.wallet_id = w.id JOIN bets b ON b.id = p.transaction_id
           WHERE w.player_id = ${playerId} AND p.transaction_id >= ${since} AND b.id >= ${since}
        ), rested AS (
          SELECT *, (id >> 22) - (lag(id) OVER (ORDER BY id) >> 22) AS rest_ms FROM placed
        ), started AS (
          SELECT coalesce(max(id) FILTER (WHERE rest_ms >= ${gapMs}), min(id)) AS id, max(id) AS last FROM rested
        ), told AS (
          SELECT placed.currency, placed.stake - coalesce(done.settled, 0) AS held,
                 coalesce(done.settled, 0) - coalesce(done.voided, 0) AS staked, coalesce(done.paid, 0) AS returned
            FROM placed JOIN started ON placed.id >= started.id
            LEFT JOIN LATERAL (
              SELECT sum(settled_cash + settled_bonus) AS settled,
                     sum(settled_cash + settled_bonus) FILTER (WHERE status = 3) AS voided,
                     (array_agg(paid_cash + paid_bonus ORDER BY number DESC))[1] AS paid
                FROM bet_transitions t WHERE t.bet_id = placed.id) done ON true
        )
        SELECT currency, ((SELECT id FROM started) >> 22) + 1735689600000 AS started,
               ((SELECT last FROM started) >> 22) + 1735689600000 AS last, count(*) AS bets, sum(staked)::text AS staked,
               sum(returned)::text AS returned, sum(held)::text AS at_stake
          FROM told GROUP BY currency ORDER BY currency`,
  );
  const [first] = rows;
  if (first === undefined) return undefined;
  return {
    startedMs: Number(first.started),
    lastMs: Number(first.last),
    bets: rows.reduce((sum, { bets }) => sum + Number(bets), 0),
    sums: rows.map((row) => ({
      currency: currencyOfNumber(row.currency),
      staked: BigInt(row.staked),
      returned: BigInt(row.returned),
      atStake: BigInt(row.at_stake),
    })),
  };
}
