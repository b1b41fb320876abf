/**
 * The sequencer: gives committed batches their places in one order, from 1 without a gap. A batch is numbered by its
 * ids, which it takes after it has locked its players: for one player a later batch has the higher number, and can be
 * seen only after the earlier one was committed. So whatever is visible, in the order of batches, is right per player.
 */
import type { Session, Statement } from "../kernel/session.ts";

const readHead: Statement = {
  name: "read-head",
  text: `SELECT coalesce((SELECT position FROM outbox WHERE position IS NOT NULL ORDER BY position DESC LIMIT 1), 0),
                EXISTS (SELECT FROM outbox WHERE position IS NULL)`,
};

const begin: Statement = { name: "begin", text: "BEGIN" };
const commit: Statement = { name: "commit", text: "COMMIT" };

/**
 * One sequencer at a time, by a lock that is held for one transaction: it is released after the commit can be seen, so
 * the next holder's statement, whose snapshot is taken later, begins where this one ended. 7202 names the lock.
 */
const takeLead: Statement = {
  name: "take-sequencer-lead",
  text: "SELECT set_config('pitboss.sequencer', pg_try_advisory_xact_lock(7202)::text, true)",
};

const numberWaiting: Statement = {
  name: "number-waiting",
  text: `WITH head AS (
           SELECT coalesce((SELECT position FROM outbox WHERE position IS NOT NULL ORDER BY position DESC LIMIT 1), 0) AS position
         ), waiting AS (
           SELECT batch, row_number() OVER (ORDER BY batch) AS place
             FROM (SELECT batch FROM outbox
                    WHERE position IS NULL AND current_setting('pitboss.sequencer') = 'true'
                    ORDER BY batch LIMIT $1::integer) first
         )
         UPDATE outbox SET position = head.position + waiting.place
           FROM head, waiting WHERE outbox.batch = waiting.batch`,
};

/** Each is one row of the outbox; a backlog is numbered in several transactions, so that none is long. */
const mostAtOnce = 2_000;

export interface Head {
  /** The position of the newest numbered batch; 0 before the first. */
  readonly head: bigint;
  /** True where batches wait that were not numbered now: another engine is at it, or there were too many. */
  readonly waiting: boolean;
}

export async function numberBatches(session: Session): Promise<Head> {
  const before = await findHead(session);
  if (!before.waiting) return before;
  // All are waited for, or the rejections of those behind the first failure would be lost.
  const results = await Promise.allSettled([
    session.run(begin),
    session.run(takeLead),
    session.run(numberWaiting, [mostAtOnce]),
    session.run(commit),
  ]);
  const failed = results.find((result) => result.status === "rejected");
  if (failed !== undefined) throw failed.reason;
  return findHead(session);
}

async function findHead(session: Session): Promise<Head> {
  const { rows } = await session.run(readHead);
  const [head, waiting] = rows[0] ?? [];
  return { head: BigInt(head ?? 0), waiting: waiting === "t" };
}
