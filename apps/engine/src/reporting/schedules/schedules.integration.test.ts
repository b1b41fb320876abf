import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findExport } from "@pitboss/db/identity/export-store";
import { insertRoles, insertStaff, setStaffPassword, setStaffStatus } from "@pitboss/db/identity/staff-directory";
import { createDatabase, createPool } from "@pitboss/db/kernel/pool";
import { insertSchedule, listUnmailed, retryRuns, setScheduleStatus } from "@pitboss/db/reporting/schedule-store";
import { reportSchedules } from "@pitboss/db/reporting/report-schedules.schema";
import { reportRuns, type RunStatus } from "@pitboss/db/reporting/report-runs.schema";
import { auditLog } from "@pitboss/db/audit/audit-log.schema";
import { asc, eq } from "drizzle-orm";
import { parseId } from "@pitboss/domain/kernel/public-id";
import { nextDue, retryAfterMs, type Timing, triesMost } from "@pitboss/domain/reporting/export-schedule";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { createOutboxMailer } from "../../identity/mail/outbox-mailer.ts";
import type { StaffDeps } from "../../identity/staff-deps.ts";
import { createFileObjects } from "../../ops/objects/file-objects.ts";
import { quiet } from "../../ops/test-house.fixture.ts";
import { playAtRandom } from "../random-play.fixture.ts";
import { openTestReports, type TestReports } from "../test-reports.fixture.ts";
import { runSchedules } from "./run-schedules.ts";

const dayMs = 86_400_000;
const today = Date.parse(new Date().toISOString().slice(0, 10));
const daily: Timing = { every: "daily", hour: 6, zone: "UTC", weekday: 1, monthDay: 1 };
let house: TestReports;
let folder: string;
let owner: bigint;
let colleague: bigint;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "pitboss-schedules-"));
  house = await openTestReports();
  await playAtRandom(house, house.openLanes(), { seed: 3, players: 3, bets: 30 });
  await house.caughtUp();
  [owner, colleague] = [await addStaff("owner"), await addStaff("colleague")];
  await insertRoles(
    house.db,
    [owner, colleague].map((staffId) => ({ staffId, role: "finance" as const, grantedBy: null, approvalId: null })),
  );
});
afterAll(async () => {
  await house.close();
  await rm(folder, { recursive: true });
});

/** No test's schedules are due in another's time. */
afterEach(async () => {
  await house.db.update(reportSchedules).set({ status: "PAUSED" });
});

async function addStaff(name: string): Promise<bigint> {
  const id = await insertStaff(house.db, { email: `${name}@example.test`, name, invitedBy: null });
  if (id === undefined) throw new Error(`${name} is new`);
  await setStaffPassword(house.db, id, "x");
  return id;
}

/** An engine at this time, with its files under a folder of its own name. */
function engine(nowMs: number, part: string, over: Partial<StaffDeps> = {}): StaffDeps {
  const clock = { now: () => nowMs };
  return {
    ...house.deps,
    clock,
    log: quiet,
    mailer: createOutboxMailer(join(folder, part, "mail"), clock),
    objects: createFileObjects(join(folder, part, "objects")),
    settings: { operator: "Harbour Games Ltd", dataDir: join(folder, part), consoleOrigin: "https://console.test" },
    ...over,
  } as unknown as StaffDeps;
}

async function schedule(values: Partial<Parameters<typeof insertSchedule>[1]> = {}): Promise<bigint> {
  return insertSchedule(house.db, {
    staffId: owner,
    name: "Figures of the day",
    list: "figures",
    format: "csv",
    preamble: true,
    filters: { by: ["game"], inCurrency: null },
    timing: daily,
    recipients: ["owner@example.test", "colleague@example.test"],
    nextDueAt: new Date(nextDue(daily, today)),
    ...values,
  });
}

async function runsOf(scheduleId: bigint) {
  return house.db.select().from(reportRuns).where(eq(reportRuns.scheduleId, scheduleId)).orderBy(asc(reportRuns.dueAt));
}

async function runAll(deps: StaffDeps): Promise<void> {
  while (await runSchedules(deps));
}

async function mailsOf(part: string): Promise<string[]> {
  const names = await readdir(join(folder, part, "mail")).catch(() => []);
  return Promise.all(names.map((name) => readFile(join(folder, part, "mail", name), "utf8")));
}

const statuses = (runs: readonly { readonly status: RunStatus }[]): RunStatus[] => runs.map(({ status }) => status);

test("after an outage two engines make up for every missed time, each exactly once", async () => {
  const id = await schedule();
  const pool = createPool({ url: house.url, applicationName: "another-engine", max: 4, onError: () => undefined });
  const now = today + 3 * dayMs + 7 * 3_600_000;
  const [one, other] = [engine(now, "outage"), engine(now, "outage", { db: createDatabase(pool) })];
  await Promise.all([runAll(one), runAll(other), runAll(one), runAll(other)]);
  await pool.end();
  const runs = await runsOf(id);
  expect(runs.map(({ dueAt, status, tries }) => [dueAt.getTime(), status, tries])).toEqual(
    [0, 1, 2, 3].map((days) => [today + days * dayMs + 6 * 3_600_000, "DONE", 1]),
  );
  const names = runs.map(({ objectName }) => objectName ?? "");
  expect(new Set(names).size).toBe(4);
  expect(await one.objects.list("reports/")).toEqual([...names].sort());
  // The run of tomorrow is of today, which was played; its file says what it is of.
  const text = Buffer.from((await one.objects.get(names[1] ?? "")) ?? []).toString();
  const day = new Date(today).toISOString().slice(0, 10);
  expect(text).toContain("# Operator: Harbour Games Ltd\r\n");
  expect(text).toContain(`# Days: ${day} to ${day}, of UTC\r\n`);
  expect(text).toContain("# Filters: none\r\n");
  expect(text).toMatch(/\r\nGame,Currency,Bets/);
  expect(text).toMatch(/\r\nwheel,EUR,/);
  const mails = await mailsOf("outage");
  expect(mails.length).toBe(8);
  expect(mails.filter((mail) => mail.includes("To: colleague@example.test")).length).toBe(4);
  expect(new Set(mails.flatMap((mail) => /\/api\/exports\/exp_\w+/.exec(mail) ?? [])).size).toBe(8);
  const notes = await house.db.select().from(auditLog).where(eq(auditLog.action, "export.run-schedule"));
  expect(notes.length).toBe(4);
});

test("a mail that could not be sent is sent later, once, and the file is not made again", async () => {
  const id = await schedule({ nextDueAt: new Date(today) });
  const now = today + 3_600_000;
  const outbox = engine(now, "mails").mailer;
  let left = 1;
  const mailer: StaffDeps["mailer"] = {
    async send(mail) {
      if (left === 0) throw new Error("the mail server is away");
      left -= 1;
      await outbox.send(mail);
    },
  };
  await runAll(engine(now, "mails", { mailer }));
  const [failed] = await runsOf(id);
  expect(failed).toMatchObject({
    status: "WAITING",
    tries: 1,
    failure: expect.stringContaining("tried again") as string,
  });
  expect((await listUnmailed(house.db, failed?.id ?? 0n)).length).toBe(1);
  await runAll(engine(now + 30_000, "mails"));
  expect(statuses(await runsOf(id))).toEqual(["WAITING"]);
  await runAll(engine(now + (retryAfterMs(1) ?? 0), "mails"));
  expect(await runsOf(id)).toMatchObject([{ status: "DONE", tries: 2, failure: null }]);
  const to = (await mailsOf("mails")).flatMap((mail) => /^To: (.*)\r$/m.exec(mail)?.[1] ?? []);
  expect(to.sort()).toEqual(["colleague@example.test", "owner@example.test"]);
  expect((await readdir(join(folder, "mails", "exports"))).length).toBe(1);
});

test("a recipient has the file as an export of their own, and who is no longer staff has none", async () => {
  const id = await schedule({ nextDueAt: new Date(today) });
  await setStaffStatus(house.db, colleague, "SUSPENDED");
  await runAll(engine(today + 3_600_000, "own"));
  await setStaffStatus(house.db, colleague, "ACTIVE");
  expect(statuses(await runsOf(id))).toEqual(["DONE"]);
  const mails = await mailsOf("own");
  expect(mails.length).toBe(1);

  const exportId = parseId("export", /exp_\w+/.exec(mails[0] ?? "")?.[0] ?? "") ?? 0n;
  expect(await findExport(house.db, exportId, owner)).toMatchObject({
    status: "DONE",
    list: "figures",
    preamble: true,
  });
  expect(await findExport(house.db, exportId, colleague)).toBeUndefined();
});

test("a regulator's file of a day that is not tied waits for it, says so, and is given up in the end", async () => {
  const id = await schedule({
    list: "regulator",
    format: "xml",
    preamble: false,
    filters: { jurisdiction: "MT" },
    nextDueAt: new Date(today),
  });
  let now = today + 60_000;
  await runAll(engine(now, "regulator"));
  const [waits] = await runsOf(id);
  expect(waits).toMatchObject({ status: "WAITING", objectName: null });
  expect(waits?.failure).toContain("is not closed");
  for (let tries = 1; tries < triesMost; tries += 1) {
    now += retryAfterMs(tries) ?? 0;
    await runAll(engine(now, "regulator"));
  }
  const runs = await runsOf(id);
  expect(runs[0]).toMatchObject({ status: "FAILED", tries: triesMost });
  expect(await mailsOf("regulator")).toEqual([]);
  // A person who mended what was wrong has it tried again.
  expect(await retryRuns(house.db, id, new Date(now))).toBe(1);
  expect((await runsOf(id))[0]).toMatchObject({ status: "WAITING", tries: 0 });
});

test("what a suspended person scheduled is not made, and what is paused is not due", async () => {
  await setStaffStatus(house.db, owner, "SUSPENDED");
  const id = await schedule({ nextDueAt: new Date(today) });
  await runAll(engine(today + 3_600_000, "suspended"));
  await setStaffStatus(house.db, owner, "ACTIVE");
  expect(await runsOf(id)).toMatchObject([
    { status: "WAITING", failure: "Whoever scheduled this may no longer export it." },
  ]);

  const paused = await schedule({ nextDueAt: new Date(today) });
  await setScheduleStatus(house.db, paused, { status: "PAUSED" });
  await runAll(engine(today + 3_600_000, "suspended"));
  expect(await runsOf(paused)).toEqual([]);
});
