/** What was written last, for live views: each look-up walks an index from its newest end, however much there is. */
import type { ActorKind } from "@pitboss/domain/audit/audit-entry";
import { sql } from "drizzle-orm";
import { type Executor, queryRows, readInstant } from "../kernel/executor.ts";

export interface NewestNumbers {
  /** The newest numbered batch of the ledger; 0 before the first. */
  readonly position: bigint;
  readonly audit: bigint;
  readonly attempt: bigint;
}

export async function findNewest(db: Executor): Promise<NewestNumbers> {
  const [row] = await queryRows<{ position: string; audit: string; attempt: string }>(
    db,
    sql`SELECT coalesce((SELECT position FROM outbox WHERE position IS NOT NULL ORDER BY position DESC LIMIT 1), 0) AS position,
               coalesce((SELECT max(id) FROM audit_log), 0) AS audit,
               coalesce((SELECT max(id) FROM sign_in_attempts), 0) AS attempt`,
  );
  return { position: BigInt(row?.position ?? 0), audit: BigInt(row?.audit ?? 0), attempt: BigInt(row?.attempt ?? 0) };
}

export interface NewestAudit {
  readonly id: bigint;
  readonly at: Date;
  readonly actorKind: ActorKind;
  readonly actorId: string;
  readonly action: string;
  readonly subjectKind: string;
  readonly subjectId: string;
}

/** The newest entries of the audit log above a number, newest first. */
export async function listNewestAudit(db: Executor, after: bigint, limit: number): Promise<NewestAudit[]> {
  const rows = await queryRows<Omit<NewestAudit, "id" | "at"> & { id: string; at: string }>(
    db,
    sql`SELECT id, at, actor_kind AS "actorKind", actor_id AS "actorId", action, subject_kind AS "subjectKind",
               subject_id AS "subjectId"
          FROM audit_log WHERE id > ${after} ORDER BY id DESC LIMIT ${limit}`,
  );
  return rows.map((row) => ({ ...row, id: BigInt(row.id), at: readInstant(row.at) }));
}

export interface NewestAttempt {
  readonly id: bigint;
  readonly at: Date;
  readonly playerId: bigint;
  readonly outcome: string;
}

/** The newest attempts of known players to sign in above a number, newest first. Staff's stand in the audit log. */
export async function listNewestPlayerAttempts(db: Executor, after: bigint, limit: number): Promise<NewestAttempt[]> {
  const rows = await queryRows<{ id: string; at: string; player_id: string; outcome: string }>(
    db,
    sql`SELECT id, at, account_id AS player_id, outcome FROM sign_in_attempts
         WHERE id > ${after} AND kind = 'player' AND account_id IS NOT NULL ORDER BY id DESC LIMIT ${limit}`,
  );
  return rows.map(({ id, at, player_id, outcome }) => ({
    id: BigInt(id),
    at: readInstant(at),
    playerId: BigInt(player_id),
    outcome,
  }));
}

export async function listNicknames(db: Executor, playerIds: readonly bigint[]): Promise<Map<bigint, string>> {
  if (playerIds.length === 0) return new Map();
  const rows = await queryRows<{ id: string; nickname: string }>(
    db,
    sql`SELECT id, nickname FROM players WHERE id = ANY(${`{${[...new Set(playerIds)].join(",")}}`}::bigint[])`,
  );
  return new Map(rows.map(({ id, nickname }) => [BigInt(id), nickname]));
}
