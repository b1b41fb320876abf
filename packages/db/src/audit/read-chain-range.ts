/** The stretch of the audit chain that a time range lies in. */
import { asc, eq, gte, sql } from "drizzle-orm";
import { type Executor, queryRows } from "../kernel/executor.ts";
import { auditChain } from "./audit-chain.schema.ts";
import { auditCheckpoints } from "./audit-checkpoints.schema.ts";
import { readCheckpoint, type SignedCheckpoint } from "./chain-audit.ts";

export interface ChainRange {
  readonly first: bigint;
  readonly last: bigint;
}

/** From the first to the last position of the entries of this time; `from` is included, `to` is not. */
export async function findChainRange(db: Executor, from: Date, to: Date): Promise<ChainRange | undefined> {
  const [row] = await queryRows<{ first: string | null; last: string | null }>(
    db,
    sql`SELECT min(c.position) AS first, max(c.position) AS last
          FROM audit_log a JOIN audit_chain c ON c.audit_id = a.id WHERE a.at >= ${from} AND a.at < ${to}`,
  );
  if (row?.first == null || row.last === null) return undefined;
  return { first: BigInt(row.first), last: BigInt(row.last) };
}

/** Entries of this time that the sealer has not chained yet. */
export async function countUnsealedBetween(db: Executor, from: Date, to: Date): Promise<number> {
  const [row] = await queryRows<{ count: string }>(
    db,
    sql`SELECT count(*) AS count FROM audit_unsealed u JOIN audit_log a ON a.id = u.audit_id
         WHERE a.at >= ${from} AND a.at < ${to}`,
  );
  return Number(row?.count ?? 0);
}

/** The chain hash of a position, hex; undefined where the chain does not reach it. */
export async function findChainHash(db: Executor, position: bigint): Promise<string | undefined> {
  const [row] = await db.select().from(auditChain).where(eq(auditChain.position, position));
  return row?.chainHash.toString("hex");
}

/** The first checkpoint that covers this position. */
export async function findCheckpointOver(db: Executor, position: bigint): Promise<SignedCheckpoint | undefined> {
  const [row] = await db
    .select()
    .from(auditCheckpoints)
    .where(gte(auditCheckpoints.position, position))
    .orderBy(asc(auditCheckpoints.position))
    .limit(1);
  return row && readCheckpoint(row);
}
