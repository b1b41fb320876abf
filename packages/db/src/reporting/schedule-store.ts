/** Reports that come by themselves: what is due, who works on it, and to whom it goes. */
import { nextDue } from "@pitboss/domain/reporting/export-schedule";
import { and, desc, eq, isNull, lt, lte, ne, sql } from "drizzle-orm";
import { exports } from "../identity/exports.schema.ts";
import { staff } from "../identity/staff.schema.ts";
import { type Executor, queryRows } from "../kernel/executor.ts";
import type { Database } from "../kernel/pool.ts";
import { reportDeliveries } from "./report-deliveries.schema.ts";
import { reportRuns } from "./report-runs.schema.ts";
import { reportSchedules, type ScheduleStatus } from "./report-schedules.schema.ts";

export type ScheduleRecord = typeof reportSchedules.$inferSelect;
export type RunRecord = typeof reportRuns.$inferSelect;
type NewSchedule = Omit<typeof reportSchedules.$inferInsert, "status" | "createdAt">;

export async function insertSchedule(db: Executor, values: NewSchedule): Promise<bigint> {
  const [row] = await db.insert(reportSchedules).values(values).returning({ id: reportSchedules.id });
  if (row === undefined) throw new Error("an inserted schedule has an id");
  return row.id;
}

/** Newest first, without those that were deleted. */
export async function listSchedules(
  db: Executor,
  page: { readonly before?: bigint | undefined; readonly limit: number },
): Promise<ScheduleRecord[]> {
  const before = page.before === undefined ? undefined : lt(reportSchedules.id, page.before);
  return db
    .select()
    .from(reportSchedules)
    .where(and(ne(reportSchedules.status, "DELETED"), before))
    .orderBy(desc(reportSchedules.id))
    .limit(page.limit);
}

/** The newest run of each of these schedules. */
export async function listLastRuns(db: Database, schedules: readonly bigint[]): Promise<Map<bigint, RunRecord>> {
  if (schedules.length === 0) return new Map();
  const rows = await db
    .selectDistinctOn([reportRuns.scheduleId])
    .from(reportRuns)
    .where(sql`${reportRuns.scheduleId} = ANY(${`{${schedules.join(",")}}`}::bigint[])`)
    .orderBy(reportRuns.scheduleId, desc(reportRuns.dueAt));
  return new Map(rows.map((row) => [row.scheduleId, row]));
}

/** Locked until the transaction ends. */
export async function lockSchedule(db: Executor, id: bigint): Promise<ScheduleRecord | undefined> {
  const [row] = await db
    .select()
    .from(reportSchedules)
    .where(and(eq(reportSchedules.id, id), ne(reportSchedules.status, "DELETED")))
    .for("update");
  return row;
}

export async function setScheduleStatus(
  db: Executor,
  id: bigint,
  change: { readonly status: ScheduleStatus; readonly nextDueAt?: Date },
): Promise<void> {
  await db.update(reportSchedules).set(change).where(eq(reportSchedules.id, id));
}

const planBatch = 50;

/**
 * Gives each schedule that is due one run for its due time and moves it on to the next. After an outage a schedule is due
 * again at once, so that every missed time gets its own. True where more may be due.
 */
export async function planRuns(db: Database, now: Date): Promise<boolean> {
  return db.transaction(async (tx) => {
    const due = await tx
      .select()
      .from(reportSchedules)
      .where(and(eq(reportSchedules.status, "ACTIVE"), lte(reportSchedules.nextDueAt, now)))
      .orderBy(reportSchedules.nextDueAt)
      .limit(planBatch)
      .for("update", { skipLocked: true });
    for (const { id, nextDueAt, timing } of due) {
      await tx
        .insert(reportRuns)
        .values({ scheduleId: id, dueAt: nextDueAt, nextTryAt: nextDueAt })
        .onConflictDoNothing();
      await setScheduleStatus(tx, id, { status: "ACTIVE", nextDueAt: new Date(nextDue(timing, nextDueAt.getTime())) });
    }
    return due.length > 0;
  });
}

export interface ClaimedRun {
  readonly run: RunRecord;
  readonly schedule: ScheduleRecord;
}

/** Takes the oldest run whose time has come, until `leaseEnd`; of several engines one gets it. */
export async function claimRun(db: Executor, now: Date, leaseEnd: Date): Promise<ClaimedRun | undefined> {
  const [claimed] = await queryRows<{ id: string }>(
    db,
    sql`UPDATE report_runs SET status = 'RUNNING', tries = tries + 1, next_try_at = ${leaseEnd}
         WHERE id = (SELECT id FROM report_runs WHERE status IN ('WAITING', 'RUNNING') AND next_try_at <= ${now}
                      ORDER BY next_try_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
        RETURNING id`,
  );
  if (claimed === undefined) return undefined;
  const [row] = await db
    .select({ run: reportRuns, schedule: reportSchedules })
    .from(reportRuns)
    .innerJoin(reportSchedules, eq(reportSchedules.id, reportRuns.scheduleId))
    .where(eq(reportRuns.id, BigInt(claimed.id)));
  return row;
}

/** Only where this try still holds the run: one that outlived its lease changes nothing. */
export async function updateRun(
  db: Executor,
  { id, tries }: Pick<RunRecord, "id" | "tries">,
  change: Partial<Pick<RunRecord, "status" | "nextTryAt" | "objectName" | "failure" | "finishedAt">>,
): Promise<boolean> {
  const rows = await db
    .update(reportRuns)
    .set(change)
    .where(and(eq(reportRuns.id, id), eq(reportRuns.tries, tries), eq(reportRuns.status, "RUNNING")))
    .returning({ id: reportRuns.id });
  return rows.length > 0;
}

/** Has what was given up tried again; how many runs that are. */
export async function retryRuns(db: Executor, scheduleId: bigint, now: Date): Promise<number> {
  const rows = await db
    .update(reportRuns)
    .set({ status: "WAITING", tries: 0, nextTryAt: now, finishedAt: null })
    .where(and(eq(reportRuns.scheduleId, scheduleId), eq(reportRuns.status, "FAILED")))
    .returning({ id: reportRuns.id });
  return rows.length;
}

export interface Delivered {
  readonly file: string;
  readonly rowCount: bigint;
  readonly byteCount: bigint;
  readonly finishedAt: Date;
  readonly expiresAt: Date;
}

/** The file as an export of the recipient's own. */
export async function insertDelivery(
  db: Executor,
  { run, schedule }: ClaimedRun,
  staffId: bigint,
  delivered: Delivered,
): Promise<bigint> {
  const { list, format, preamble, filters } = schedule;
  const [row] = await db
    .insert(exports)
    .values({ staffId, list, format, preamble, filters, status: "DONE", ...delivered })
    .returning({ id: exports.id });
  if (row === undefined) throw new Error("an inserted export has an id");
  await db.insert(reportDeliveries).values({ runId: run.id, staffId, exportId: row.id });
  return row.id;
}

export interface UnmailedDelivery {
  readonly staffId: bigint;
  readonly exportId: bigint;
  readonly email: string;
}

export async function listUnmailed(db: Executor, runId: bigint): Promise<UnmailedDelivery[]> {
  return db
    .select({ staffId: reportDeliveries.staffId, exportId: reportDeliveries.exportId, email: staff.email })
    .from(reportDeliveries)
    .innerJoin(staff, eq(staff.id, reportDeliveries.staffId))
    .where(and(eq(reportDeliveries.runId, runId), isNull(reportDeliveries.mailedAt)));
}

export async function noteMailed(db: Executor, runId: bigint, staffId: bigint, at: Date): Promise<void> {
  await db
    .update(reportDeliveries)
    .set({ mailedAt: at })
    .where(and(eq(reportDeliveries.runId, runId), eq(reportDeliveries.staffId, staffId)));
}
