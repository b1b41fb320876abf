/** What a player has deposited or is about to, gross: open deposits count with what was asked for. */
import { type Currency, currencyOfNumber } from "@pitboss/domain/wallet/currency";
import { sql } from "drizzle-orm";
import { type Executor, queryRows } from "../kernel/executor.ts";

/** By currency, of deposits that were asked for since each instant, in the order of the instants. */
export async function sumDepositsSince(
  db: Executor,
  playerId: bigint,
  sinceMs: readonly number[],
): Promise<ReadonlyMap<Currency, bigint>[]> {
  const earliest = Math.min(...sinceMs);
  const rows = await queryRows<{ currency: number; amount: string; at_ms: string }>(
    db,
    sql`SELECT currency, coalesce(credited, amount)::text AS amount, (extract(epoch FROM created_at) * 1000)::text AS at_ms
          FROM deposits
         WHERE player_id = ${playerId} AND state IN ('INITIATED', 'PENDING', 'CREDITED', 'SETTLED')
           AND created_at >= ${new Date(earliest).toISOString()}::timestamptz`,
  );
  return sinceMs.map((since) => {
    const sums = new Map<Currency, bigint>();
    for (const row of rows) {
      if (Number(row.at_ms) < since) continue;
      const currency = currencyOfNumber(row.currency);
      sums.set(currency, (sums.get(currency) ?? 0n) + BigInt(row.amount));
    }
    return sums;
  });
}
