/** What the sealer and the verifier read and write. The chain is appended to, never changed. */
import type { Checkpoint } from "@pitboss/domain/audit/audit-chain";
import { and, asc, desc, gt, lte, sql } from "drizzle-orm";
import { type Executor, queryRows, type Transaction } from "../kernel/executor.ts";
import { auditChain } from "./audit-chain.schema.ts";
import { auditCheckpoints } from "./audit-checkpoints.schema.ts";

/** Any fixed number; it names the sealer's lock among the advisory locks. */
const sealerLock = 7210;

/** False where another engine is sealing at this moment. */
export async function lockSealer(tx: Transaction): Promise<boolean> {
  const [row] = await queryRows<{ locked: boolean }>(
    tx,
    sql`SELECT pg_try_advisory_xact_lock(${sealerLock}) AS locked`,
  );
  return row?.locked === true;
}

export interface ChainEnd {
  readonly position: bigint;
  /** Hex. */
  readonly chainHash: string;
}

export async function findChainEnd(db: Executor): Promise<ChainEnd | undefined> {
  const [row] = await db.select().from(auditChain).orderBy(desc(auditChain.position)).limit(1);
  return row && { position: row.position, chainHash: row.chainHash.toString("hex") };
}

/** Takes the oldest rows that wait for the chain out of their queue, under the sealer's lock. */
export async function takeUnsealed(tx: Transaction, most: number): Promise<bigint[]> {
  const rows = await queryRows<{ audit_id: string }>(
    tx,
    sql`DELETE FROM audit_unsealed WHERE audit_id IN (
          SELECT audit_id FROM audit_unsealed ORDER BY audit_id LIMIT ${most})
        RETURNING audit_id`,
  );
  return rows.map((row) => BigInt(row.audit_id)).sort((a, b) => (a < b ? -1 : 1));
}

export interface NewLink {
  readonly position: bigint;
  readonly auditId: bigint;
  readonly entryHash: string;
  readonly chainHash: string;
}

export async function appendLinks(tx: Transaction, links: readonly NewLink[]): Promise<void> {
  await tx.insert(auditChain).values(
    links.map(({ position, auditId, entryHash, chainHash }) => ({
      position,
      auditId,
      entryHash: Buffer.from(entryHash, "hex"),
      chainHash: Buffer.from(chainHash, "hex"),
    })),
  );
}

export async function listLinks(db: Executor, after: bigint, limit: number): Promise<NewLink[]> {
  const rows = await db
    .select()
    .from(auditChain)
    .where(gt(auditChain.position, after))
    .orderBy(asc(auditChain.position))
    .limit(limit);
  return rows.map(({ position, auditId, entryHash, chainHash }) => ({
    position,
    auditId,
    entryHash: entryHash.toString("hex"),
    chainHash: chainHash.toString("hex"),
  }));
}

export interface SignedCheckpoint extends Checkpoint {
  readonly signature: string;
}

export async function insertCheckpoint(tx: Transaction, checkpoint: SignedCheckpoint): Promise<void> {
  const { number, position, chainHash, sealedAt, kid, signature } = checkpoint;
  await tx.insert(auditCheckpoints).values({
    number,
    position,
    chainHash: Buffer.from(chainHash, "hex"),
    sealedAt: new Date(sealedAt),
    kid,
    signature,
  });
}

export async function findLastCheckpoint(db: Executor): Promise<SignedCheckpoint | undefined> {
  const [row] = await db.select().from(auditCheckpoints).orderBy(desc(auditCheckpoints.number)).limit(1);
  return row && readCheckpoint(row);
}

/** Checkpoints at positions after the one and up to the other. */
export async function listCheckpointsBetween(db: Executor, after: bigint, upTo: bigint): Promise<SignedCheckpoint[]> {
  const rows = await db
    .select()
    .from(auditCheckpoints)
    .where(and(gt(auditCheckpoints.position, after), lte(auditCheckpoints.position, upTo)))
    .orderBy(asc(auditCheckpoints.position));
  return rows.map(readCheckpoint);
}

/** Rows of the log that are neither chained nor queued for it: somebody took them out of the queue. */
export async function countStray(db: Executor): Promise<bigint> {
  const [row] = await queryRows<{ count: string }>(
    db,
    sql`SELECT count(*) AS count FROM audit_log a
         WHERE NOT EXISTS (SELECT FROM audit_chain c WHERE c.audit_id = a.id)
           AND NOT EXISTS (SELECT FROM audit_unsealed u WHERE u.audit_id = a.id)`,
  );
  return BigInt(row?.count ?? 0);
}

export async function countUnsealed(db: Executor): Promise<bigint> {
  const [row] = await queryRows<{ count: string }>(db, sql`SELECT count(*) AS count FROM audit_unsealed`);
  return BigInt(row?.count ?? 0);
}

export function readCheckpoint(row: typeof auditCheckpoints.$inferSelect): SignedCheckpoint {
  return {
    number: row.number,
    position: row.position,
    chainHash: row.chainHash.toString("hex"),
    sealedAt: row.sealedAt.toISOString(),
    kid: row.kid,
    signature: row.signature,
  };
}
