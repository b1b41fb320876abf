/** The worker's side of payouts: what is due, and every time that a provider was asked to pay. */
import { sql } from "drizzle-orm";
import { type Executor, queryRows, readInstant, readInstantOrNull } from "../kernel/executor.ts";

/** Takes payouts that are due, so that no other engine takes them before `until`. */
export async function claimDuePayouts(
  db: Executor,
  { now, until, limit }: { readonly now: Date; readonly until: Date; readonly limit: number },
): Promise<bigint[]> {
  const rows = await queryRows<{ id: string }>(
    db,
    sql`UPDATE payouts SET work_at = ${until}, worked = worked + 1
         WHERE id IN (SELECT id FROM payouts WHERE work_at <= ${now} ORDER BY work_at LIMIT ${limit}
                       FOR NO KEY UPDATE SKIP LOCKED)
        RETURNING id`,
  );
  return rows.map(({ id }) => BigInt(id));
}

/** Says when the worker comes back; of a payout that still waits for it. */
export async function setPayoutWork(db: Executor, id: bigint, at: Date): Promise<void> {
  await db.execute(sql`UPDATE payouts SET work_at = ${at} WHERE id = ${id} AND work_at IS NOT NULL`);
}

export interface SendEnd {
  readonly outcome: "ACCEPTED" | "REFUSED" | "UNANSWERED";
  readonly said: string;
}

/** Closes the newest time that the provider was asked to pay it, where that is open. */
export async function endPayoutSend(db: Executor, id: bigint, { outcome, said }: SendEnd): Promise<void> {
  await db.execute(sql`
    UPDATE payout_sends SET ended_at = clock_timestamp(), outcome = ${outcome}, said = ${said}
     WHERE payout_id = ${id} AND ended_at IS NULL
       AND number = (SELECT max(number) FROM payout_sends WHERE payout_id = ${id})`);
}

export interface PayoutSend extends Partial<SendEnd> {
  readonly number: number;
  readonly begunAt: Date;
  readonly endedAt: Date | null;
}

export async function listPayoutSends(db: Executor, id: bigint): Promise<PayoutSend[]> {
  const rows = await queryRows<{
    number: number;
    begun_at: string;
    ended_at: string | null;
    outcome: SendEnd["outcome"] | null;
    said: string | null;
  }>(
    db,
    sql`SELECT number, begun_at, ended_at, outcome, said FROM payout_sends WHERE payout_id = ${id} ORDER BY number`,
  );
  return rows.map(({ number, begun_at, ended_at, outcome, said }) => ({
    number,
    begunAt: readInstant(begun_at),
    endedAt: readInstantOrNull(ended_at),
    ...(outcome === null ? {} : { outcome }),
    ...(said === null ? {} : { said }),
  }));
}
