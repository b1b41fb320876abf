/** Fees and taxes in the hands of staff: two people, from a day on, and never what was reported long ago. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { failureOf, type Office, type SignedIn, startOffice } from "../../testing/start-office.ts";

let office: Office;
let finance: SignedIn["api"];
let second: SignedIn["api"];
let support: SignedIn["api"];

beforeAll(async () => {
  office = await startOffice();
  finance = (await office.signIn(office.people.finance)).api;
  second = (await office.signIn(office.people.finance2)).api;
  support = (await office.signIn(office.people.support)).api;
});
afterAll(() => office.close());

const today = () => new Date().toISOString().slice(0, 10);
const terms = { kind: "TAX" as const, subject: "DE", base: "STAKES" as const, percent: "5.5", minimum: null };
const reason = "The law of this year";

test("a tax changes by two people, and is in force from its day on", async () => {
  const before = await finance.report.charges.query();
  expect(before.filter(({ subject }) => subject === "DE")).toMatchObject([
    { version: 1, standing: "CURRENT", percent: "5.0332", base: "STAKES", approvalId: null },
  ]);
  const proposed = await finance.report.proposeCharge.mutate({ ...terms, effectiveFrom: today(), reason });
  const { approvalId, contentHash } = proposed;
  expect(proposed.status).toBe("PROPOSED");
  expect(await finance.report.charges.query()).toEqual(before);
  const own = await failureOf(finance.approval.approve.mutate({ approvalId, contentHash, reason: null }));
  expect(own.code).toBe("APPROVAL_OWN");
  await second.approval.approve.mutate({ approvalId, contentHash, reason: null });
  const after = await finance.report.charges.query();
  expect(after.filter(({ subject }) => subject === "DE")).toMatchObject([
    { version: 2, standing: "CURRENT", percent: "5.5", effectiveFrom: today(), approvalId },
    { version: 1, standing: "PAST" },
  ]);
});

test("what no contract means, what is there already, and what was reported long ago is refused", async () => {
  const propose = (more: object) =>
    failureOf(finance.report.proposeCharge.mutate({ ...terms, effectiveFrom: today(), reason, ...more }));
  expect((await propose({})).code).toBe("NOTHING_CHANGES");
  expect((await propose({ percent: "6", effectiveFrom: "2025-01-01" })).code).toBe("REQUEST_INVALID");
  expect((await propose({ subject: "XX" })).code).toBe("REQUEST_INVALID");
  expect((await propose({ minimum: { amount: "10.00", currency: "EUR" } })).code).toBe("REQUEST_INVALID");
  expect((await propose({ kind: "PROVIDER_FEE", subject: "nobody", base: "GGR" })).code).toBe("REQUEST_INVALID");
  expect((await propose({ kind: "PROVIDER_FEE", subject: "builtin" })).code).toBe("REQUEST_INVALID");
});

test("of two proposals on one version the second to be approved changes nothing", async () => {
  const first = await finance.report.proposeCharge.mutate({ ...terms, percent: "7", effectiveFrom: today(), reason });
  const other = await finance.report.proposeCharge.mutate({ ...terms, percent: "8", effectiveFrom: today(), reason });
  const approve = ({ approvalId, contentHash }: typeof first) =>
    second.approval.approve.mutate({ approvalId, contentHash, reason: null });
  await approve(first);
  await approve(other).catch(() => undefined);
  const [newest] = (await finance.report.charges.query()).filter(({ subject }) => subject === "DE");
  expect(newest).toMatchObject({ version: 3, percent: "7" });
});

test("who may see no reports sees no charges, and cannot propose one", async () => {
  expect((await failureOf(support.report.charges.query())).code).toBe("NOT_ALLOWED");
  const proposing = support.report.proposeCharge.mutate({ ...terms, effectiveFrom: today(), reason });
  expect((await failureOf(proposing)).code).toBe("NOT_ALLOWED");
});
