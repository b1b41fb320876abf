/** Seeds of provably fair play. One is current for each player; its server seed is shown once it is no longer used. */
import { sql } from "drizzle-orm";
import type { Database } from "../kernel/pool.ts";

export interface FairSeed {
  readonly id: bigint;
  readonly playerId: bigint;
  readonly serverSeed: string;
  readonly serverSeedHash: string;
  readonly clientSeed: string;
  readonly nextNonce: number;
  readonly revealed: boolean;
}

export interface NewSeed {
  readonly serverSeed: string;
  readonly serverSeedHash: string;
  readonly clientSeed: string;
}

const columns = sql`id, player_id, server_seed, server_seed_hash, client_seed, next_nonce, revealed_at IS NOT NULL AS revealed`;

/** The current seed; `fresh` becomes it where the player has none yet. */
export async function currentSeed(db: Database, playerId: bigint, fresh: NewSeed): Promise<FairSeed | undefined> {
  await db.execute(sql`
    INSERT INTO fair_seeds (player_id, server_seed, server_seed_hash, client_seed)
    SELECT id, ${fresh.serverSeed}, ${fresh.serverSeedHash}, ${fresh.clientSeed} FROM players WHERE id = ${playerId}
    ON CONFLICT (player_id) WHERE revealed_at IS NULL DO NOTHING`);
  const { rows } = await db.execute<Row>(
    sql`SELECT ${columns} FROM fair_seeds WHERE player_id = ${playerId} AND revealed_at IS NULL`,
  );
  return rows[0] === undefined ? undefined : readSeed(rows[0]);
}

/** Takes the next nonce of the current seed, for one bet. Undefined where the player has no current seed. */
export async function takeNonce(
  db: Database,
  playerId: bigint,
): Promise<{ seed: FairSeed; nonce: number } | undefined> {
  const { rows } = await db.execute<Row>(sql`
    UPDATE fair_seeds SET next_nonce = next_nonce + 1
     WHERE player_id = ${playerId} AND revealed_at IS NULL RETURNING ${columns}`);
  if (rows[0] === undefined) return undefined;
  const seed = readSeed(rows[0]);
  return { seed, nonce: seed.nextNonce - 1 };
}

export async function findSeed(db: Database, id: bigint): Promise<FairSeed | undefined> {
  const { rows } = await db.execute<Row>(sql`SELECT ${columns} FROM fair_seeds WHERE id = ${id}`);
  return rows[0] === undefined ? undefined : readSeed(rows[0]);
}

/** Reveals the current seed and makes `fresh` the next one, in one transaction. */
export async function rotateSeed(db: Database, playerId: bigint, fresh: NewSeed): Promise<FairSeed | undefined> {
  return db.transaction(async (tx) => {
    const { rows } = await tx.execute<Row>(sql`
      UPDATE fair_seeds SET revealed_at = now()
       WHERE player_id = ${playerId} AND revealed_at IS NULL RETURNING ${columns}`);
    await tx.execute(sql`
      INSERT INTO fair_seeds (player_id, server_seed, server_seed_hash, client_seed)
      VALUES (${playerId}, ${fresh.serverSeed}, ${fresh.serverSeedHash}, ${fresh.clientSeed})`);
    return rows[0] === undefined ? undefined : readSeed(rows[0]);
  });
}

type Row = Record<string, unknown> & {
  id: string;
  player_id: string;
  server_seed: string;
  server_seed_hash: string;
  client_seed: string;
  next_nonce: string;
  revealed: boolean;
};

function readSeed(row: Row): FairSeed {
  return {
    id: BigInt(row.id),
    playerId: BigInt(row.player_id),
    serverSeed: row.server_seed,
    serverSeedHash: row.server_seed_hash,
    clientSeed: row.client_seed,
    nextNonce: Number(row.next_nonce),
    revealed: row.revealed,
  };
}
