/** Search of the audit log, newest first, by keyset on its id. Every filter has an index that ends in the id. */
import type { ActorKind, AuditEntry, Channel } from "@pitboss/domain/audit/audit-entry";
import type { JsonObject } from "@pitboss/domain/kernel/json";
import { parseId } from "@pitboss/domain/kernel/public-id";
import { type SQL, sql } from "drizzle-orm";
import { type Executor, queryRows } from "../kernel/executor.ts";

export interface AuditFilter {
  readonly actorKind?: ActorKind | undefined;
  readonly actorId?: string | undefined;
  readonly subjectKind?: string | undefined;
  readonly subjectId?: string | undefined;
  readonly action?: string | undefined;
  /** ISO instants; `from` is included, `to` is not. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly traceId?: string | undefined;
  /** True leaves out what was done against money laundering, for whoever may not know of it. */
  readonly withoutAml?: boolean | undefined;
  /** Only entries older than this id. */
  readonly before?: bigint | undefined;
  readonly limit: number;
}

/** The entry with its number, and whether the sealer has chained it yet. */
export interface AuditRecord extends AuditEntry {
  readonly number: bigint;
  readonly position: bigint | null;
}

interface Row {
  readonly number: string;
  readonly position: string | null;
  readonly id: string;
  readonly at: string;
  readonly actorKind: ActorKind;
  readonly actorId: string;
  readonly actingAs: string[];
  readonly channel: Channel;
  readonly sessionId: string | null;
  readonly ip: string | null;
  readonly userAgent: string | null;
  readonly action: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly reason: string | null;
  readonly before: JsonObject | null;
  readonly after: JsonObject | null;
  readonly approvalId: string | null;
  readonly traceId: string | null;
}

/** The columns of an entry exactly as they are hashed: times with microseconds, addresses without a mask. */
const entryColumns = sql`
  public_id('au', a.id) AS id, to_char(a.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at,
  a.actor_kind AS "actorKind", a.actor_id AS "actorId", a.acting_as AS "actingAs", a.channel, a.session_id AS "sessionId",
  host(a.ip) AS ip, a.user_agent AS "userAgent", a.action, a.subject_kind AS "subjectKind", a.subject_id AS "subjectId",
  a.reason, a.before, a.after, a.approval_id AS "approvalId", a.trace_id AS "traceId"`;

/**
 * Entries are numbered in the order of their times, but for those that are written at the same moment: a time says from
 * which number on it is worth looking, give or take as many as can be on their way at once.
 */
const idSlack = 10_000;
/** The sum keeps the planner from reading all entries of a long time by their index, to sort them by number afterwards. */
const instant = sql`(a.at + interval '0')`;

/** The kind of subject under which everything against money laundering stands in the log, its proposals with it. */
const amlSubject = "aml";

export function searchAuditStatement(filter: AuditFilter): SQL {
  const conditions: SQL[] = [];
  if (filter.before !== undefined) conditions.push(sql`a.id < ${filter.before}`);
  const actorKind = filter.actorKind ?? kindOfActor(filter.actorId);
  if (actorKind !== undefined) conditions.push(sql`a.actor_kind = ${actorKind}`);
  if (filter.actorId !== undefined) conditions.push(sql`a.actor_id = ${filter.actorId}`);
  if (filter.subjectKind !== undefined) conditions.push(sql`a.subject_kind = ${filter.subjectKind}`);
  if (filter.subjectId !== undefined) conditions.push(sql`a.subject_id = ${filter.subjectId}`);
  if (filter.action !== undefined) conditions.push(sql`a.action = ${filter.action}`);
  if (filter.withoutAml === true) conditions.push(sql`a.subject_kind <> ${amlSubject}`);
  if (filter.traceId !== undefined) conditions.push(sql`a.trace_id = ${filter.traceId}::uuid`);
  if (filter.from !== undefined) {
    const first = sql`SELECT id FROM audit_log WHERE at >= ${filter.from}::timestamptz ORDER BY at, id LIMIT 1`;
    // Without an entry since then there is none to find.
    conditions.push(sql`a.id >= (${first}) - ${idSlack} AND ${instant} >= ${filter.from}::timestamptz`);
  }
  if (filter.to !== undefined) {
    const last = sql`SELECT id FROM audit_log WHERE at < ${filter.to}::timestamptz ORDER BY at DESC, id DESC LIMIT 1`;
    conditions.push(sql`a.id <= (${last}) + ${idSlack} AND ${instant} < ${filter.to}::timestamptz`);
  }
  const where = conditions.length === 0 ? sql`` : sql`WHERE ${sql.join(conditions, sql` AND `)}`;
  return sql`
    SELECT a.id AS number, c.position, ${entryColumns}
      FROM audit_log a LEFT JOIN audit_chain c ON c.audit_id = a.id
      ${where} ORDER BY a.id DESC LIMIT ${filter.limit}`;
}

/** An id says of what kind it is, and the index of actors begins with the kind. Jobs have names, which say nothing. */
function kindOfActor(id: string | undefined): ActorKind | undefined {
  if (id === undefined) return undefined;
  if (parseId("staff", id) !== undefined) return "staff";
  if (parseId("player", id) !== undefined) return "player";
  return parseId("machineKey", id) === undefined ? undefined : "machine";
}

export async function searchAudit(db: Executor, filter: AuditFilter): Promise<AuditRecord[]> {
  return (await queryRows<Row>(db, searchAuditStatement(filter))).map(readRecord);
}

export async function listAuditByIds(db: Executor, ids: readonly bigint[]): Promise<AuditRecord[]> {
  const rows = await queryRows<Row>(
    db,
    sql`SELECT a.id AS number, NULL::bigint AS position, ${entryColumns} FROM audit_log a
         WHERE a.id = ANY(${`{${ids.join(",")}}`}::bigint[]) ORDER BY a.id`,
  );
  return rows.map(readRecord);
}

/** The words of actions and subjects that the log has, for the filters' lists. */
export async function listAuditActions(db: Executor): Promise<string[]> {
  // A loose index scan: one descent an action instead of a pass over the log.
  const rows = await queryRows<{ action: string }>(
    db,
    sql`WITH RECURSIVE words AS (
          (SELECT action FROM audit_log ORDER BY action LIMIT 1)
          UNION ALL
          SELECT (SELECT a.action FROM audit_log a WHERE a.action > w.action ORDER BY a.action LIMIT 1) FROM words w
           WHERE w.action IS NOT NULL
        ) SELECT action FROM words WHERE action IS NOT NULL`,
  );
  return rows.map(({ action }) => action);
}

function readRecord(row: Row): AuditRecord {
  const { number, position, ...entry } = row;
  return { ...entry, number: BigInt(number), position: position === null ? null : BigInt(position) };
}

/** The entry alone, as it is hashed and exported. */
export function entryOf({ number: _number, position: _position, ...entry }: AuditRecord): AuditEntry {
  return entry;
}
