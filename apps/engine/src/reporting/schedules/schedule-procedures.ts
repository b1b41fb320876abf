import { findStaffByEmail, findStaff, listStaffNames } from "@pitboss/db/identity/staff-directory";
import {
  insertSchedule,
  listLastRuns,
  listSchedules as listRecords,
  lockSchedule,
  retryRuns,
  type RunRecord,
  type ScheduleRecord,
  setScheduleStatus,
} from "@pitboss/db/reporting/schedule-store";
import type { JsonObject } from "@pitboss/domain/kernel/json";
import { formatId, parseId } from "@pitboss/domain/kernel/public-id";
import { err, ok } from "@pitboss/domain/kernel/result";
import { coveredDays, nextDue, timingInput, type Timing } from "@pitboss/domain/reporting/export-schedule";
import { z } from "zod";
import { withAudit } from "../../audit/with-audit.ts";
import { orThrow, throwFailure } from "../../edge/trpc/failure.ts";
import { reasonInput } from "../../edge/trpc/inputs.ts";
import { type Page, pageInput, pageOf, readCursor } from "../../edge/trpc/page.ts";
import { staffProcedure } from "../../edge/trpc/procedure.ts";
import { checkPermission } from "../../identity/actor.ts";
import { checkExportable, exportFormats } from "../exports/exportables.ts";
import { mayHave } from "./run-schedules.ts";

export interface ExportSchedule {
  readonly scheduleId: string;
  readonly name: string;
  readonly list: "figures" | "facts" | "regulator";
  readonly format: ScheduleRecord["format"];
  readonly filters: JsonObject;
  readonly timing: Timing;
  readonly recipients: readonly string[];
  readonly status: "ACTIVE" | "PAUSED";
  readonly owner: string;
  /** Null while it is paused. */
  readonly nextDueAt: string | null;
  readonly lastRun: {
    readonly dueAt: string;
    readonly status: RunRecord["status"];
    readonly tries: number;
    readonly failure: string | null;
    readonly objectName: string | null;
    /** When a failed one is tried again. */
    readonly nextTryAt: string | null;
  } | null;
}

/** All schedules of the house, newest first, each with what its last run came to. */
export const listSchedules = staffProcedure("report.read")
  .input(z.object(pageInput))
  .query(async ({ ctx, input }): Promise<Page<ExportSchedule>> => {
    const { db } = ctx.deps;
    const before = readCursor("schedule", input.cursor);
    const rows = await listRecords(db, { before, limit: input.limit + 1 });
    const runs = await listLastRuns(
      db,
      rows.map(({ id }) => id),
    );
    const names = await listStaffNames(
      db,
      rows.map(({ staffId }) => staffId),
    );
    const present = (row: ScheduleRecord): ExportSchedule =>
      presentSchedule(row, names.get(row.staffId) ?? "", runs.get(row.id));
    return pageOf(rows, input.limit, present, ({ id }) => formatId("schedule", id));
  });

/** Has a report made again and again. Its days follow from its timing, so the filters name none. */
export const createSchedule = staffProcedure("export.create")
  .input(
    z.object({
      name: z.string().trim().min(1).max(80),
      list: z.enum(["figures", "facts", "regulator"]),
      format: z.enum(exportFormats),
      preamble: z.boolean().default(false),
      filters: z.record(z.string(), z.json()).default({}),
      timing: timingInput,
      /** Staff who may see reports; each gets the file as an export of their own. */
      recipients: z.array(z.email().max(320).toLowerCase()).max(20).default([]),
      reason: reasonInput,
    }),
  )
  .mutation(async ({ ctx, input }): Promise<{ readonly scheduleId: string; readonly nextDueAt: string }> => {
    const { deps, staff, acting } = ctx;
    const { reason, timing, ...values } = input;
    orThrow(checkPermission(ctx.actor, "report.read", deps.clock.now()));
    if (["from", "to", "zone"].some((name) => name in values.filters)) {
      throwFailure({ code: "REQUEST_INVALID", detail: "The days and the zone follow from the timing." });
    }
    const now = deps.clock.now();
    const days = coveredDays(timing.every, now, timing.zone);
    orThrow(checkExportable({ ...values, filters: { ...values.filters, ...days } }));
    const recipients = [...new Set(values.recipients)];
    for (const email of recipients) {
      const known = await findStaffByEmail(deps.db, email);
      if (!mayHave(known === undefined ? undefined : await findStaff(deps.db, known.id))) {
        throwFailure({ code: "REQUEST_INVALID", detail: `${email} is not of the staff who may have reports.` });
      }
    }
    const nextDueAt = new Date(nextDue(timing, now));
    return orThrow(
      await withAudit(deps.db, acting, async (tx, note) => {
        const id = await insertSchedule(tx, { ...values, recipients, timing, staffId: staff.staffId, nextDueAt });
        const scheduleId = formatId("schedule", id);
        note({
          action: "export.schedule",
          subject: { kind: "schedule", id: scheduleId },
          reason,
          after: { ...values, recipients, timing },
        });
        return ok({ scheduleId, nextDueAt: nextDueAt.toISOString() });
      }),
    );
  });

/** To which status each leads; a retry leaves it as it is. */
const changes = { PAUSE: "PAUSED", RESUME: "ACTIVE", DELETE: "DELETED", RETRY: undefined } as const;

/** Pauses, resumes, deletes, or has runs tried again that were given up. What was due while it was paused is not made up for; runs that wait are still made. */
export const changeSchedule = staffProcedure("export.create")
  .input(
    z.object({
      scheduleId: z.string().max(40),
      change: z.enum(Object.keys(changes) as [keyof typeof changes]),
      reason: reasonInput,
    }),
  )
  .mutation(async ({ ctx, input }): Promise<{ readonly scheduleId: string; readonly status: string }> => {
    const { deps, acting } = ctx;
    orThrow(checkPermission(ctx.actor, "report.read", deps.clock.now()));
    const id = parseId("schedule", input.scheduleId);
    return orThrow(
      await withAudit(deps.db, acting, async (tx, note) => {
        const found = id === undefined ? undefined : await lockSchedule(tx, id);
        if (found === undefined) return err("RECORD_NOT_FOUND");
        const now = deps.clock.now();
        const status = changes[input.change] ?? found.status;
        const resumed = status === "ACTIVE" && found.status === "PAUSED";
        const nextDueAt = resumed ? { nextDueAt: new Date(nextDue(found.timing, now)) } : {};
        await setScheduleStatus(tx, found.id, { status, ...nextDueAt });
        const retried = input.change === "RETRY" ? await retryRuns(tx, found.id, new Date(now)) : 0;
        note({
          action: `export.schedule-${input.change.toLowerCase()}`,
          subject: { kind: "schedule", id: input.scheduleId },
          reason: input.reason,
          before: { status: found.status },
          after: { status, ...(input.change === "RETRY" ? { retried } : {}) },
        });
        return ok({ scheduleId: input.scheduleId, status });
      }),
    );
  });

function presentSchedule(row: ScheduleRecord, owner: string, run: RunRecord | undefined): ExportSchedule {
  return {
    scheduleId: formatId("schedule", row.id),
    name: row.name,
    list: row.list,
    format: row.format,
    filters: row.filters,
    timing: row.timing,
    recipients: row.recipients,
    status: row.status === "ACTIVE" ? "ACTIVE" : "PAUSED",
    owner,
    nextDueAt: row.status === "ACTIVE" ? row.nextDueAt.toISOString() : null,
    lastRun:
      run === undefined
        ? null
        : {
            dueAt: run.dueAt.toISOString(),
            status: run.status,
            tries: run.tries,
            failure: run.failure,
            objectName: run.objectName,
            nextTryAt: run.status === "WAITING" ? run.nextTryAt.toISOString() : null,
          },
  };
}
