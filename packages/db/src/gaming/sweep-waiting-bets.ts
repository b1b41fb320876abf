/**
 * Keeps the list of bets that are held for longer than most. A run looks at the next bets that have reached the age,
 * and takes those off the list that got their result. One statement each, so an engine that ends in between loses nothing.
 */
import { sql } from "drizzle-orm";
import { type Executor, queryRows } from "../kernel/executor.ts";

/** Bets that one run looks at. A run is one statement, and the next one goes on where it ended. */
export const sweepSize = 20_000;

/** Looks at bets below this id that no run has looked at; answers how many there were, at most `sweepSize`. */
export async function sweepWaitingBets(db: Executor, before: bigint): Promise<number> {
  const [row] = await queryRows<{ seen: string }>(
    db,
    sql`WITH sweep AS MATERIALIZED (SELECT swept_to FROM bet_sweep FOR UPDATE),
        seen AS MATERIALIZED (
          SELECT b.id FROM bets b
           WHERE b.id >= (SELECT swept_to FROM sweep) AND b.id < ${before} ORDER BY b.id LIMIT ${sweepSize}),
        kept AS (
          INSERT INTO waiting_bets (bet_id)
          SELECT s.id FROM seen s
            LEFT JOIN LATERAL (
              SELECT status FROM bet_transitions WHERE bet_id = s.id ORDER BY number DESC LIMIT 1) t ON true
           WHERE coalesce(t.status, 1) = 1
          ON CONFLICT DO NOTHING),
        moved AS (
          UPDATE bet_sweep SET swept_to = greatest(swept_to, CASE
            WHEN (SELECT count(*) FROM seen) < ${sweepSize} THEN ${before}::bigint
            ELSE (SELECT max(id) + 1 FROM seen) END))
        SELECT count(*) AS seen FROM seen`,
  );
  return Number(row?.seen ?? 0);
}

/** Takes off the list what is held no longer. */
export async function dropSettledBets(db: Executor): Promise<number> {
  const { rowCount } = await db.execute(sql`
    DELETE FROM waiting_bets w
     WHERE (SELECT status FROM bet_transitions WHERE bet_id = w.bet_id ORDER BY number DESC LIMIT 1) <> 1`);
  return rowCount ?? 0;
}
