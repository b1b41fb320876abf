import { type RoundStatus, roundStatusOf } from "@pitboss/domain/wallet/ledger-codes";
import { sql } from "drizzle-orm";
import { type Executor, queryRows } from "../kernel/executor.ts";

export interface RoundKey {
  readonly hash: bigint;
  readonly playerId: bigint;
  readonly providerId: number;
  readonly ref: string;
}

/** The round's row; undefined while it is open, because an open round has none. */
export async function findRound(
  db: Executor,
  { hash, playerId, providerId, ref }: RoundKey,
): Promise<{ readonly status: RoundStatus; readonly closedBy: bigint } | undefined> {
  const [row] = await queryRows<{ status: number; closed_by: string }>(
    db,
    sql`SELECT status, closed_by FROM rounds
         WHERE round_hash = ${hash} AND player_id = ${playerId} AND provider_id = ${providerId} AND round_ref = ${ref}`,
  );
  return row && { status: roundStatusOf(row.status), closedBy: BigInt(row.closed_by) };
}
