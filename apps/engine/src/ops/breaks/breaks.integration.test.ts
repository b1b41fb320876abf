import { clearBreaks, type FoundBreak, recordBreaks } from "@pitboss/db/ops/break-store";
import { endRun, startRun } from "@pitboss/db/ops/recon-run-store";
import { listHouseBalances } from "@pitboss/db/wallet/read-wallets";
import { breakMachine } from "@pitboss/domain/ops/breaks/break-machine";
import { formatMinor } from "@pitboss/domain/wallet/money";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { findLedgerFaults } from "../../testing/check-ledger.ts";
import { failureOf, type Office, type SignedIn, startOffice } from "../../testing/start-office.ts";

let office: Office;
let finance: SignedIn;
let finance2: SignedIn;
let compliance: SignedIn;
let auditor: SignedIn;
let scope: string;
let scopes = 0;

beforeAll(async () => {
  office = await startOffice();
  const { people } = office;
  [finance, finance2, compliance, auditor] = (await Promise.all(
    [people.finance, people.finance2, people.compliance, people.auditor].map((who) => office.signIn(who)),
  )) as [SignedIn, SignedIn, SignedIn, SignedIn];
});
beforeEach(() => {
  scopes += 1;
  scope = `psp${scopes}`;
});
afterAll(async () => {
  expect(await findLedgerFaults(office.casino.db)).toEqual([]);
  await office.close();
});

const short = (amount: bigint): FoundBreak => ({
  type: "AMOUNT_DIFFERS",
  key: `${scope}|PAYMENT|pi_1`,
  subject: { psp: scope, reference: "pi_1" },
  expected: { amount: 10_000n, currency: "EUR" },
  got: { amount, currency: "EUR" },
  happenedAt: new Date("2026-01-05T10:00:00Z"),
});

/** A run as a reconciliation makes one. */
async function run(found: readonly FoundBreak[]) {
  const { db } = office.casino;
  const id = await startRun(db, { source: "cashier", scope, day: "2026-01-05", trigger: "PERSON", startedBy: "test" });
  if (id === undefined) throw new Error("a run is under way");
  await db.transaction(async (tx) => {
    const recorded = await recordBreaks(tx, id, found);
    const cleared = await clearBreaks(tx, id);
    await endRun(tx, id, { lines: 2n, matched: 1n, ...recorded, cleared, totals: [] });
  });
  const { rows } = await finance.api.recon.runs.query({ scope, limit: 1 });
  return rows[0];
}

const only = async () => {
  const { rows } = await finance.api.recon.breaks.query({ scope });
  const [row] = rows;
  if (row === undefined || rows.length !== 1) throw new Error(`${rows.length} breaks`);
  return row;
};

const balance = async (kind: string, qualifier: string): Promise<string> => {
  const found = (await listHouseBalances(office.casino.db)).find(
    (one) => one.kind === kind && one.qualifier === qualifier && one.currency === "EUR",
  );
  return formatMinor(found?.available ?? 0n, "EUR");
};

test("a break is found once, taken on, noted on, and ended by two people with its posting", async () => {
  expect(await run([short(9_900n)])).toMatchObject({ state: "BREAKS", found: 1, open: 1 });
  expect(await run([short(9_900n)])).toMatchObject({ state: "BREAKS", found: 0, open: 1 });
  const { breakId, ...row } = await only();
  expect(row).toMatchObject({
    state: "OPEN",
    age: "older",
    difference: { amount: "-1.00", currency: "EUR" },
    owner: null,
  });

  await finance.api.recon.assign.mutate({ breakId });
  await finance.api.recon.note.mutate({ breakId, note: "Asked the provider, ticket 12." });
  const proposed = await finance.api.recon.propose.mutate({ breakId, method: "POST", reason: "They kept a euro" });
  expect(proposed).toMatchObject({ kind: "break.resolution", status: "PROPOSED", required: 1 });
  expect(await only()).toMatchObject({ state: "PROPOSED", owner: { name: "finance" } });
  const decision = { approvalId: proposed.approvalId, contentHash: proposed.contentHash };
  expect(await failureOf(finance.api.approval.approve.mutate(decision))).toMatchObject({ code: "APPROVAL_OWN" });

  const decided = await finance2.api.approval.approve.mutate(decision);
  expect(decided).toMatchObject({ approval: { status: "APPLIED" }, notApplied: null });
  expect(await only()).toMatchObject({ state: "RESOLVED", open: false });
  // The provider owes a euro less than the ledger had it, and the difference waits in an account of its own.
  expect(await balance("PSP_CLEARING", scope)).toBe("1.00");
  const shown = await auditor.api.recon.show.query({ breakId });
  expect(shown.steps.map(({ event, to, by }) => [event, to, by])).toEqual([
    ["find", "OPEN", "job:reconcile"],
    ["assign", "ASSIGNED", "finance"],
    ["note", "ASSIGNED", "finance"],
    ["propose", "PROPOSED", "finance"],
    ["resolve", "RESOLVED", "finance2"],
  ]);
  expect(await run([short(9_900n)])).toMatchObject({ state: "CLEAN", reopened: 0, open: 0 });
});

test("what was written off goes to its own account; with other amounts it is open again", async () => {
  await run([short(9_000n)]);
  const { breakId } = await only();
  const before = await balance("DIFFERENCES", "written-off");
  const { approvalId, contentHash } = await finance.api.recon.propose.mutate({
    breakId,
    method: "WRITE_OFF",
    reason: "Not worth the letter",
  });
  await compliance.api.approval.approve.mutate({ approvalId, contentHash });
  expect(await only()).toMatchObject({ state: "WRITTEN_OFF" });
  expect(before).toBe("0.00");
  expect(await balance("DIFFERENCES", "written-off")).toBe("-10.00");
  expect(await run([short(8_000n)])).toMatchObject({ state: "BREAKS", reopened: 1, open: 1 });
  expect(await only()).toMatchObject({ state: "REOPENED", difference: { amount: "-20.00" } });
});

test("a run that finds other amounts takes a proposal back, and nothing of it is posted", async () => {
  await run([short(9_900n)]);
  const { breakId } = await only();
  const proposed = await finance.api.recon.propose.mutate({ breakId, method: "POST", reason: "They kept a euro" });
  await run([short(9_800n)]);
  expect(await only()).toMatchObject({ state: "ASSIGNED", approvalId: null });
  const { approvalId, contentHash } = proposed;
  const decided = await finance2.api.approval.approve.mutate({ approvalId, contentHash });
  expect(decided.notApplied).toMatchObject({ code: "APPROVAL_CHANGED" });
  expect(await balance("PSP_CLEARING", scope)).toBe("0.00");
});

test("a proposal that is turned down leaves the break with its owner", async () => {
  await run([short(9_900n)]);
  const { breakId } = await only();
  const { approvalId, contentHash } = await finance.api.recon.propose.mutate({
    breakId,
    method: "EXPLAIN",
    reason: "It comes with the next report",
  });
  expect(
    await failureOf(finance.api.recon.propose.mutate({ breakId, method: "POST", reason: "Or rather so" })),
  ).toMatchObject({ code: "BREAK_NOT_OPEN" });
  await finance2.api.approval.reject.mutate({ approvalId, contentHash, reason: "It does not" });
  expect(await only()).toMatchObject({ state: "ASSIGNED", owner: { name: "finance" }, approvalId: null });
});

test("what a run no longer finds has gone by itself, and comes back as the same break", async () => {
  await run([short(9_900n)]);
  const { breakId } = await only();
  expect(await run([])).toMatchObject({ state: "CLEAN", cleared: 1, open: 0 });
  expect(await only()).toMatchObject({ breakId, state: "CLEARED" });
  expect(await run([short(9_900n)])).toMatchObject({ state: "BREAKS", found: 0, reopened: 1 });
  expect(await only()).toMatchObject({ breakId, state: "REOPENED" });
});

test("a method that does not fit the type is refused, and so is who may not", async () => {
  await run([short(9_900n)]);
  const { breakId } = await only();
  const asked = { breakId, method: "MATCH" as const, matches: ["srp_1:1"], reason: "It is this one" };
  expect(await failureOf(finance.api.recon.propose.mutate(asked))).toMatchObject({ code: "RESOLUTION_INVALID" });
  expect(await failureOf(auditor.api.recon.assign.mutate({ breakId }))).toMatchObject({ code: "NOT_ALLOWED" });
  expect(await failureOf(compliance.api.recon.propose.mutate(asked))).toMatchObject({ code: "NOT_ALLOWED" });
});

test("the database's table of states is the one that the rules ask, and nothing ends without a second person", async () => {
  const { rows } = await office.casino.db.execute(sql`SELECT from_state, event, to_state FROM break_transitions`);
  const stored = (rows as { from_state: string; event: string; to_state: string }[])
    .map((row) => `${row.from_state} ${row.event} ${row.to_state}`)
    .sort();
  const table = Object.entries(breakMachine)
    .flatMap(([from, moves]) => Object.entries(moves).map(([event, to]) => `${from} ${event} ${to}`))
    .sort();
  expect(stored).toEqual(table);
  await run([short(9_900n)]);
  const ended = office.casino.db.execute(
    sql`UPDATE breaks SET state = 'RESOLVED', closed_at = now() WHERE scope = ${scope}`,
  );
  await expect(ended).rejects.toThrow();
});
