/** Bets as a void sees them: what is still held of each stake, and which step came last. */
import { type Currency, currencyOfNumber } from "@pitboss/domain/wallet/currency";
import { type BetStatus, betStatusOf } from "@pitboss/domain/wallet/ledger-codes";
import { sql } from "drizzle-orm";
import { type Executor, queryRows } from "../kernel/executor.ts";

export interface VoidableBet {
  readonly betId: bigint;
  readonly playerId: bigint;
  readonly providerId: number;
  readonly gameCode: string;
  readonly roundRef: string;
  readonly currency: Currency;
  readonly stake: bigint;
  /** Of the stake, minor units: steps that settled a part of it have taken theirs. */
  readonly held: bigint;
  readonly status: BetStatus;
}

/** Those of these bets that exist, in the order of their ids. */
export async function listVoidable(db: Executor, betIds: readonly bigint[]): Promise<VoidableBet[]> {
  const rows = await queryRows<{
    id: string;
    player_id: string;
    provider_id: number;
    code: string;
    round_ref: string;
    currency: number;
    stake: string;
    settled: string;
    status: number;
  }>(
    db,
    sql`SELECT b.id, b.player_id, g.provider_id, g.code, b.round_ref, b.currency, b.stake, coalesce(t.settled, 0) AS settled,
               coalesce(t.status, 1) AS status
          FROM unnest(${`{${betIds.join(",")}}`}::bigint[]) AS named (id)
          JOIN bets b ON b.id = named.id
          JOIN games g ON g.id = b.game_id
          LEFT JOIN LATERAL (
            SELECT sum(settled_cash + settled_bonus)::bigint AS settled, (array_agg(status ORDER BY number DESC))[1] AS status
              FROM bet_transitions WHERE bet_id = b.id) t ON true
         ORDER BY b.id`,
  );
  return rows.map((row) => ({
    betId: BigInt(row.id),
    playerId: BigInt(row.player_id),
    providerId: row.provider_id,
    gameCode: row.code,
    roundRef: row.round_ref,
    currency: currencyOfNumber(row.currency),
    stake: BigInt(row.stake),
    held: BigInt(row.stake) - BigInt(row.settled),
    status: betStatusOf(row.status),
  }));
}
