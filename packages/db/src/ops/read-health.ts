/** How the database and what follows the ledger are doing, in one look-up by key each. */
import { sql } from "drizzle-orm";
import { type Executor, queryRows, readInstant, readInstantOrNull } from "../kernel/executor.ts";

export interface HealthFacts {
  /** The database's own clock. */
  readonly databaseTime: Date;
  readonly databaseVersion: string;
  /** The newest numbered position of events; 0 before the first. */
  readonly head: bigint;
  /** Committed batches without a position yet; counted up to 10 000. */
  readonly unnumbered: number;
  readonly consumers: readonly { readonly consumer: string; readonly position: bigint; readonly updatedAt: Date }[];
  /** The newest seal of the ledger; null before the first. */
  readonly seal: { readonly number: bigint; readonly toPosition: bigint; readonly sealedAt: Date } | null;
  /** The newest checkpoint of the audit log, and what waits to be chained. */
  readonly auditCheckpointAt: Date | null;
  readonly auditUnsealed: number;
  /** The oldest entry that waits to be chained. */
  readonly auditWaitsSince: Date | null;
  /** Since when the oldest proposal waits that is approved and not applied; null where there is none. */
  readonly approvedSince: Date | null;
  /** Since when the oldest export waits that nobody works on. */
  readonly exportSince: Date | null;
  /** The first instant for which not every table of the ledger has a partition. */
  readonly partitionsUntil: Date;
}

interface Row {
  readonly database_time: string;
  readonly version: string;
  readonly head: string;
  readonly unnumbered: number;
  readonly consumers: { consumer: string; position: string; at: string }[] | null;
  readonly seal: { number: string; to: string; at: string } | null;
  readonly checkpoint_at: string | null;
  readonly unsealed: number;
  readonly waits_since: string | null;
  readonly approved_since: string | null;
  readonly export_since: string | null;
  readonly partitions_until: string;
}

export async function readHealthFacts(db: Executor): Promise<HealthFacts> {
  const [row] = await queryRows<Row>(
    db,
    sql`
    SELECT clock_timestamp() AS database_time, current_setting('server_version') AS version,
           coalesce((SELECT position FROM outbox WHERE position IS NOT NULL ORDER BY position DESC LIMIT 1), 0) AS head,
           (SELECT count(*)::integer FROM (SELECT FROM outbox WHERE position IS NULL LIMIT 10000) waiting) AS unnumbered,
           (SELECT jsonb_agg(jsonb_build_object('consumer', consumer, 'position', position::text, 'at', updated_at) ORDER BY consumer)
              FROM consumer_positions) AS consumers,
           (SELECT jsonb_build_object('number', number::text, 'to', to_position::text, 'at', sealed_at)
              FROM seals ORDER BY number DESC LIMIT 1) AS seal,
           (SELECT sealed_at FROM audit_checkpoints ORDER BY number DESC LIMIT 1) AS checkpoint_at,
           (SELECT count(*)::integer FROM (SELECT FROM audit_unsealed LIMIT 10000) waiting) AS unsealed,
           (SELECT at FROM audit_log WHERE id = (SELECT min(audit_id) FROM audit_unsealed)) AS waits_since,
           (SELECT min(decided) FROM (
              SELECT coalesce((SELECT max(decided_at) FROM approval_decisions d WHERE d.approval_id = a.id), a.proposed_at) AS decided
                FROM approvals a WHERE a.status = 'APPROVED' AND a.expires_at > now() ORDER BY a.id LIMIT 100) o) AS approved_since,
           (SELECT min(created_at) FROM exports WHERE status = 'QUEUED') AS export_since,
           (SELECT min(until) FROM (
              SELECT max(to_date(right(p.relname, 7), 'YYYY_MM')) + interval '1 month' AS until
                FROM pg_inherits i JOIN pg_class p ON p.oid = i.inhrelid
               WHERE i.inhparent = ANY(ARRAY['transactions', 'postings', 'bets', 'bet_transitions']::regclass[])
               GROUP BY i.inhparent) tables) AT TIME ZONE 'UTC' AS partitions_until`,
  );
  if (row === undefined) throw new Error("a SELECT without FROM has a row");
  return {
    databaseTime: readInstant(row.database_time),
    databaseVersion: row.version,
    head: BigInt(row.head),
    unnumbered: row.unnumbered,
    consumers: (row.consumers ?? []).map(({ consumer, position, at }) => ({
      consumer,
      position: BigInt(position),
      updatedAt: new Date(at),
    })),
    seal:
      row.seal === null
        ? null
        : { number: BigInt(row.seal.number), toPosition: BigInt(row.seal.to), sealedAt: new Date(row.seal.at) },
    auditCheckpointAt: readInstantOrNull(row.checkpoint_at),
    auditUnsealed: row.unsealed,
    auditWaitsSince: readInstantOrNull(row.waits_since),
    approvedSince: readInstantOrNull(row.approved_since),
    exportSince: readInstantOrNull(row.export_since),
    partitionsUntil: readInstant(row.partitions_until),
  };
}
