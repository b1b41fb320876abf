/** What was revoked lately: tokens by their hashes, players' sessions by their ids. */
import { sql } from "drizzle-orm";
import { type Executor, queryRows } from "../kernel/executor.ts";

export interface Revocations {
  readonly hashes: readonly Buffer[];
  readonly sessions: readonly { readonly sessionId: bigint; readonly playerId: bigint }[];
}

/**
 * Everything that was revoked in the last two minutes by the database's clock. That is longer than a statement and the
 * wait for its COMMIT may take, and than clocks of machines differ, so whoever asks more often misses nothing.
 */
export async function listRevocations(db: Executor): Promise<Revocations> {
  const rows = await queryRows<{ hash: Buffer } | { hash: null; id: string; player_id: string }>(
    db,
    sql`SELECT NULL::bytea AS hash, id, player_id FROM player_sessions WHERE revoked_at > now() - interval '2 minutes'
        UNION ALL SELECT hash, NULL, NULL FROM player_tokens WHERE revoked_at > now() - interval '2 minutes'
        UNION ALL SELECT token_hash, NULL, NULL FROM game_sessions WHERE ended_at > now() - interval '2 minutes'
        UNION ALL SELECT hash, NULL, NULL FROM machine_keys WHERE revoked_at > now() - interval '2 minutes'`,
  );
  return {
    hashes: rows.flatMap(({ hash }) => (hash === null ? [] : [hash])),
    sessions: rows.flatMap((row) =>
      row.hash === null ? [{ sessionId: BigInt(row.id), playerId: BigInt(row.player_id) }] : [],
    ),
  };
}
