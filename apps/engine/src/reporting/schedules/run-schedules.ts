/**
 * Makes the reports that come by themselves. A due time becomes one run, a run one file: under a stable name in the object
 * store, and as an export of each recipient's own, of which an e-mail tells. What fails is tried again, and for good only
 * after two days.
 */
import { mkdir, readFile, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { findStaff, findStaffByEmail, type StaffRecord } from "@pitboss/db/identity/staff-directory";
import {
  claimRun,
  type ClaimedRun,
  insertDelivery,
  listUnmailed,
  noteMailed,
  planRuns,
  type ScheduleRecord,
  updateRun,
} from "@pitboss/db/reporting/schedule-store";
import { mayAny } from "@pitboss/domain/identity/permissions";
import type { JsonObject } from "@pitboss/domain/kernel/json";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { err, ok } from "@pitboss/domain/kernel/result";
import { coveredDays, retryAfterMs } from "@pitboss/domain/reporting/export-schedule";
import { jobActing } from "../../audit/acting.ts";
import { withAudit } from "../../audit/with-audit.ts";
import { orThrow } from "../../edge/trpc/failure.ts";
import type { StaffDeps } from "../../identity/staff-deps.ts";
import { typeOf } from "../exports/download-export.ts";
import { ExportRefused, exportFolder, keepMs, writeExport } from "../exports/run-exports.ts";

/** No report takes as long; a run that did was left behind by an engine that stopped. */
const leaseMs = 60 * 60_000;

/** True where another one may wait. */
export async function runSchedules(deps: StaffDeps): Promise<boolean> {
  const now = deps.clock.now();
  const planned = await planRuns(deps.db, new Date(now));
  const claimed = await claimRun(deps.db, new Date(now), new Date(now + leaseMs));
  if (claimed === undefined) return planned;
  try {
    await runOnce(deps, claimed);
  } catch (error) {
    await noteFailure(deps, claimed, error);
  }
  return true;
}

async function runOnce(deps: StaffDeps, claimed: ClaimedRun): Promise<void> {
  // A try that got as far as the file has only mails left to send.
  if (claimed.run.objectName === null) await makeFile(deps, claimed);
  await mailRecipients(deps, claimed);
  const done = { status: "DONE", failure: null, finishedAt: new Date(deps.clock.now()) } as const;
  await updateRun(deps.db, claimed.run, done);
}

/** The days that a run is of. Only days of UTC are tied out for a regulator. */
function periodOf({ schedule, run }: ClaimedRun) {
  const zone = schedule.list === "regulator" ? "UTC" : schedule.timing.zone;
  return { zone, ...coveredDays(schedule.timing.every, run.dueAt.getTime(), zone) };
}

/** What the report is asked: the schedule's filters for the run's days. */
function ordered(claimed: ClaimedRun): JsonObject {
  const { zone, ...days } = periodOf(claimed);
  const { filters, list } = claimed.schedule;
  return { ...filters, ...days, ...(list === "regulator" ? {} : { zone }) };
}

/** The same for every try of a run: what is there is written over by the same report. */
function objectNameOf(claimed: ClaimedRun): string {
  const { from, to } = periodOf(claimed);
  const { id, list, format } = claimed.schedule;
  return `reports/${formatId("schedule", id)}/${list}-${from}-${to}.${format}`;
}

async function makeFile(deps: StaffDeps, claimed: ClaimedRun): Promise<void> {
  const { schedule, run } = claimed;
  const owner = await findStaff(deps.db, schedule.staffId);
  if (!mayHave(owner)) throw new ExportRefused("Whoever scheduled this may no longer export it.");
  const filters = ordered(claimed);
  const objectName = objectNameOf(claimed);
  const file = `${formatId("schedule", schedule.id)}-${run.id}-${run.tries}-${objectName.split("/").at(-1) ?? ""}`;
  const path = join(exportFolder(deps), file);
  const draft = `${path}.draft`;
  await mkdir(exportFolder(deps), { recursive: true, mode: 0o700 });
  try {
    const rowCount = await writeExport(deps, { ...schedule, filters }, draft);
    const { size } = await stat(draft);
    await deps.objects.put(objectName, await readFile(draft), typeOf(file));
    await rename(draft, path);
    const finishedAt = new Date(deps.clock.now());
    const expiresAt = new Date(finishedAt.getTime() + keepMs);
    const delivered = { file, rowCount, byteCount: BigInt(size), finishedAt, expiresAt };
    const dated = { run, schedule: { ...schedule, filters } };
    const filed = await withAudit(deps.db, jobActing("scheduled-exports"), async (tx, note) => {
      if (!(await updateRun(tx, run, { objectName }))) return err("OVERLOADED", "Another engine has this run now.");
      const exportIds: string[] = [];
      for (const { id } of await recipientsOf(deps, schedule)) {
        exportIds.push(formatId("export", await insertDelivery(tx, dated, id, delivered)));
      }
      note({
        action: "export.run-schedule",
        subject: { kind: "schedule", id: formatId("schedule", schedule.id) },
        after: { dueAt: run.dueAt.toISOString(), objectName, exportIds, filters },
      });
      return ok(true);
    });
    if (!filed.ok) await rm(path, { force: true });
    orThrow(filed);
  } finally {
    await rm(draft, { force: true });
  }
}

/** Those of the addresses who are staff today and may see what the report has. */
async function recipientsOf({ db }: Pick<StaffDeps, "db">, { recipients }: ScheduleRecord): Promise<StaffRecord[]> {
  const found: StaffRecord[] = [];
  for (const email of recipients) {
    const known = await findStaffByEmail(db, email);
    const record = known === undefined ? undefined : await findStaff(db, known.id);
    if (mayHave(record)) found.push(record);
  }
  return found;
}

export function mayHave(person: StaffRecord | undefined): person is StaffRecord {
  return person?.status === "ACTIVE" && mayAny(person.roles, "export.create") && mayAny(person.roles, "report.read");
}

/** A mail holds no figure: its link opens for its recipient alone, signed in, until the file goes. */
async function mailRecipients({ db, mailer, settings, clock }: StaffDeps, claimed: ClaimedRun): Promise<void> {
  const { schedule, run } = claimed;
  const { from, to } = periodOf(claimed);
  for (const { staffId, exportId, email } of await listUnmailed(db, run.id)) {
    const lines = [
      `The report "${schedule.name}" of ${from} to ${to} is there.`,
      "",
      `${settings.consoleOrigin}/api/exports/${formatId("export", exportId)}`,
      "",
      "The link opens for you alone, once you are signed in, and for a week. The file is among your exports as well.",
    ];
    await mailer.send({
      to: email,
      subject: `Report: ${schedule.name}, ${from} to ${to}`,
      text: lines.join("\n"),
    });
    await noteMailed(db, run.id, staffId, new Date(clock.now()));
  }
}

async function noteFailure(
  { db, clock, log }: StaffDeps,
  { run, schedule }: ClaimedRun,
  error: unknown,
): Promise<void> {
  log.error({ err: error, schedule: schedule.id.toString(), run: run.id.toString() }, "a scheduled export failed");
  const failure =
    error instanceof ExportRefused ? error.message : "The report could not be made or sent; it is tried again.";
  const wait = retryAfterMs(run.tries);
  const now = clock.now();
  await updateRun(
    db,
    run,
    wait === undefined
      ? { status: "FAILED", failure, finishedAt: new Date(now) }
      : { status: "WAITING", failure, nextTryAt: new Date(now + wait) },
  );
}
