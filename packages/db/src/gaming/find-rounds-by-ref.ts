/**
 * Rounds by nothing but their provider's name for them, which several players of one table share. A closed round has a row
 * that an index leads to. An open one has none: it is looked for among the newest bets, since a round is short.
 */
import { type RoundStatus, roundStatusOf } from "@pitboss/domain/wallet/ledger-codes";
import { type SQL, sql } from "drizzle-orm";
import { type Executor, queryRows } from "../kernel/executor.ts";

export interface FoundRound {
  readonly playerId: bigint;
  readonly nickname: string;
  readonly providerCode: string;
  readonly ref: string;
  readonly status: RoundStatus;
}

/** How many of the newest bets are looked at for a round that is open: some milliseconds. */
const betScan = 5_000;

/** In the words of the index, which keeps a hash of the name. */
function named(table: "rounds" | "r", ref: string): SQL {
  const column = sql`${sql.identifier(table)}.round_ref`;
  return sql`hashtext(${column}) = hashtext(${ref}) AND ${column} = ${ref}`;
}

export function findRoundsByRefStatement(ref: string, limit: number): SQL {
  return sql`
    WITH closed AS MATERIALIZED (SELECT player_id, provider_id, status FROM rounds WHERE ${named("rounds", ref)} LIMIT ${limit}),
    newest AS MATERIALIZED (SELECT player_id, game_id, round_ref FROM bets ORDER BY id DESC LIMIT ${betScan}),
    open AS (
      SELECT DISTINCT n.player_id, g.provider_id, 1::smallint AS status
        FROM newest n JOIN games g ON g.id = n.game_id
       WHERE n.round_ref = ${ref}
         AND NOT EXISTS (SELECT FROM rounds r
                          WHERE ${named("r", ref)} AND r.player_id = n.player_id AND r.provider_id = g.provider_id))
    SELECT f.player_id, p.nickname, v.code AS provider_code, f.status
      FROM (SELECT * FROM closed UNION ALL SELECT * FROM open LIMIT ${limit}) f
      JOIN players p ON p.id = f.player_id JOIN providers v ON v.id = f.provider_id`;
}

export async function findRoundsByRef(db: Executor, ref: string, limit: number): Promise<FoundRound[]> {
  const rows = await queryRows<{ player_id: string; nickname: string; provider_code: string; status: number }>(
    db,
    findRoundsByRefStatement(ref, limit),
  );
  return rows.map((row) => ({
    playerId: BigInt(row.player_id),
    nickname: row.nickname,
    providerCode: row.provider_code,
    ref,
    status: roundStatusOf(row.status),
  }));
}
