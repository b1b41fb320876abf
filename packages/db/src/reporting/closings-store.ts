/** Days that were compared with the ledger, revision by revision. Nothing here is ever changed. */
import type { JsonValue } from "@pitboss/domain/kernel/json";
import { sql } from "drizzle-orm";
import { type Executor, queryRows, readInstant } from "../kernel/executor.ts";

export interface Closing {
  /** `2026-11-23`, UTC. */
  readonly day: string;
  readonly revision: number;
  readonly status: "TIED" | "OFF";
  readonly position: bigint;
  readonly lateThrough: bigint;
  readonly closedAt: Date;
  readonly actor: string;
  readonly reason: string;
  readonly lines: JsonValue;
}

type Row = Omit<Closing, "position" | "lateThrough" | "closedAt"> & {
  readonly position: string;
  readonly late_through: string;
  readonly closed_at: string;
};

const columns = sql`day::text, revision, status, position, late_through, closed_at, actor, reason, lines`;

/** The newest revision of each day, newest day first. */
export async function listClosings(
  db: Executor,
  page: { readonly before: string | undefined; readonly limit: number },
): Promise<Closing[]> {
  const rows = await queryRows<Row>(
    db,
    sql`SELECT DISTINCT ON (day) ${columns} FROM report_closings
         WHERE day < ${page.before ?? "infinity"}::date ORDER BY day DESC, revision DESC LIMIT ${page.limit}`,
  );
  return rows.map(readClosing);
}

/** All revisions of a day, newest first. */
export async function listRevisions(db: Executor, day: string): Promise<Closing[]> {
  const rows = await queryRows<Row>(
    db,
    sql`SELECT ${columns} FROM report_closings WHERE day = ${day}::date ORDER BY revision DESC`,
  );
  return rows.map(readClosing);
}

export interface ClosedDay {
  readonly closing: Closing;
  /** True where events of the day came after this revision, which another one will take in. */
  readonly outdated: boolean;
}

/** The newest revision of each day of the range that is closed, in order; both ends are included. */
export async function listClosedDays(db: Executor, from: string, to: string): Promise<ClosedDay[]> {
  const rows = await queryRows<Row & { readonly outdated: boolean }>(
    db,
    sql`SELECT *, EXISTS (SELECT FROM report_late l WHERE l.day = newest.day::date AND l.id > late_through) AS outdated
          FROM (SELECT DISTINCT ON (c.day) ${columns} FROM report_closings c
                 WHERE c.day BETWEEN ${from}::date AND ${to}::date ORDER BY c.day, c.revision DESC) newest
         ORDER BY day`,
  );
  return rows.map(({ outdated, ...row }) => ({ closing: readClosing(row), outdated }));
}

/** False where another engine has just written this revision. */
export async function insertClosing(
  db: Executor,
  closing: Omit<Closing, "closedAt" | "lines"> & { readonly lines: JsonValue },
): Promise<boolean> {
  const rows = await queryRows(
    db,
    sql`INSERT INTO report_closings (day, revision, position, late_through, status, actor, reason, lines)
        VALUES (${closing.day}::date, ${closing.revision}, ${closing.position}, ${closing.lateThrough}, ${closing.status},
                ${closing.actor}, ${closing.reason}, ${JSON.stringify(closing.lines)}::jsonb)
        ON CONFLICT DO NOTHING RETURNING day`,
  );
  return rows.length > 0;
}

export interface DueDay {
  readonly day: string;
  /** Why: it is over, or something came late. */
  readonly why: "over" | "late";
}

/** The oldest day that is to be compared: one that ended before `until` and was not closed, or that got late events. */
export async function findDueDay(db: Executor, until: Date): Promise<DueDay | undefined> {
  const [late] = await queryRows<{ day: string }>(
    db,
    sql`SELECT l.day::text FROM report_late l
         WHERE l.id > (SELECT max(late_through) FROM report_closings c WHERE c.day = l.day) ORDER BY l.day LIMIT 1`,
  );
  if (late !== undefined) return { day: late.day, why: "late" };
  const [over] = await queryRows<{ day: string | null }>(
    db,
    sql`SELECT (coalesce((SELECT max(day) + 1 FROM report_closings),
                         (transaction_time((SELECT min(batch) FROM outbox) << 10) AT TIME ZONE 'UTC')::date))::text AS day`,
  );
  if (over?.day == null || Date.parse(over.day) + 86_400_000 > until.getTime()) return undefined;
  return { day: over.day, why: "over" };
}

export async function findLateThrough(db: Executor, day: string): Promise<bigint> {
  const [row] = await queryRows<{ id: string }>(
    db,
    sql`SELECT coalesce(max(id), 0) AS id FROM report_late WHERE day = ${day}::date`,
  );
  return BigInt(row?.id ?? 0);
}

/** The last position of events of these instants, and whether all of their batches have one. */
export async function findDayEnd(
  db: Executor,
  fromMs: number,
  toMs: number,
): Promise<{ readonly position: bigint; readonly numbered: boolean }> {
  const [row] = await queryRows<{ position: string; waiting: string }>(
    db,
    sql`SELECT coalesce(max(position), 0) AS position, count(*) FILTER (WHERE position IS NULL) AS waiting FROM outbox
         WHERE batch >= first_transaction_id_at(${new Date(fromMs)}) >> 10
           AND batch < first_transaction_id_at(${new Date(toMs)}) >> 10`,
  );
  return { position: BigInt(row?.position ?? 0), numbered: row?.waiting === "0" };
}

function readClosing({ position, late_through, closed_at, ...row }: Row): Closing {
  return {
    ...row,
    position: BigInt(position),
    lateThrough: BigInt(late_through),
    closedAt: readInstant(closed_at),
  };
}
