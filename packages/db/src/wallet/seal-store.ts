/** Seals and the public keys that they were signed with. */
import { sql } from "drizzle-orm";
import type { Seal } from "@pitboss/domain/wallet/seal";
import type { Database } from "../kernel/pool.ts";

type Row = Record<string, unknown> & {
  number: string;
  from_position: string;
  to_position: string;
  leaf_count: number;
  root: string;
  previous: string;
  sealed_at: Date | string;
  kid: string;
  signature: string;
};

const columns = sql`number, from_position, to_position, leaf_count, root, previous, sealed_at, kid, signature`;

export async function findLastSeal(db: Database): Promise<Seal | undefined> {
  const { rows } = await db.execute<Row>(sql`SELECT ${columns} FROM seals ORDER BY number DESC LIMIT 1`);
  return rows[0] === undefined ? undefined : readSeal(rows[0]);
}

/** The seal that covers a batch's position; undefined while it is not numbered or not sealed yet. */
export async function findSealOfBatch(db: Database, batch: bigint): Promise<Seal | undefined> {
  const { rows } = await db.execute<Row>(sql`
    SELECT ${columns} FROM seals
     WHERE to_position >= (SELECT position FROM outbox WHERE batch = ${batch}) ORDER BY to_position LIMIT 1`);
  return rows[0] === undefined ? undefined : readSeal(rows[0]);
}

export async function listSeals(db: Database, afterNumber: bigint, limit: number): Promise<Seal[]> {
  const { rows } = await db.execute<Row>(
    sql`SELECT ${columns} FROM seals WHERE number > ${afterNumber} ORDER BY number LIMIT ${limit}`,
  );
  return rows.map(readSeal);
}

/** False where another engine has made the seal of this number meanwhile. */
export async function insertSeal(db: Database, seal: Seal): Promise<boolean> {
  const { rowCount } = await db.execute(sql`
    INSERT INTO seals (number, from_position, to_position, leaf_count, root, previous, sealed_at, kid, signature)
    VALUES (${seal.number}::bigint, ${seal.fromPosition}::bigint, ${seal.toPosition}::bigint, ${seal.leafCount}, ${seal.root},
            ${seal.previous}, ${seal.sealedAt}::timestamptz, ${seal.kid}, ${seal.signature})
    ON CONFLICT DO NOTHING`);
  return rowCount === 1;
}

export async function keepSealKey(db: Database, kid: string, publicJwk: object): Promise<void> {
  await db.execute(sql`
    INSERT INTO seal_keys (kid, public_jwk) VALUES (${kid}, ${JSON.stringify(publicJwk)}::jsonb) ON CONFLICT DO NOTHING`);
}

export async function listSealKeys(db: Database): Promise<Record<string, string>[]> {
  const { rows } = await db.execute<{ public_jwk: Record<string, string> }>(
    sql`SELECT public_jwk FROM seal_keys ORDER BY created_at`,
  );
  return rows.map(({ public_jwk }) => public_jwk);
}

function readSeal(row: Row): Seal {
  return {
    number: row.number,
    fromPosition: row.from_position,
    toPosition: row.to_position,
    leafCount: row.leaf_count,
    root: row.root,
    previous: row.previous,
    sealedAt: new Date(row.sealed_at).toISOString(),
    kid: row.kid,
    signature: row.signature,
  };
}
