/** Real payouts, through the cashier, a provider that is a process of its own, the outbox and the store, to the report. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { type RunningPsps, runPsps } from "../../cashier/simulators/run-psps.fixture.ts";
import { createPayoutHouse, patience, type PayoutHouse } from "../../cashier/payouts/payouts.fixture.ts";
import { failureOf, type Office, type SignedIn, startOffice } from "../../testing/start-office.ts";

let office: Office;
let psps: RunningPsps;
let house: PayoutHouse;
let finance: SignedIn["api"];

beforeAll(async () => {
  office = await startOffice();
  psps = await runPsps(office.casino);
  await office.casino.restart({ REPORTS: "on" });
  house = createPayoutHouse(office);
  await house.forgiveTurnover();
  finance = (await office.signIn(office.people.finance)).api;
});
afterAll(async () => {
  await psps.stop();
  await office.close();
});

test("a payout that was paid, and one that waits for a person, stand in the report with where they are", async () => {
  const small = await house.ask(await house.fund());
  await house.until(small.body["payoutId"], "PAID");
  const large = await house.ask({ ...(await house.fund({ deposit: "900.00" })), amount: "800.00" });
  await house.until(large.body["payoutId"], "IN_REVIEW");
  const day = new Date().toISOString().slice(0, 10);
  const ask = () => finance.report.payoutSla.query({ from: day, to: day, by: "psp" });
  await expect.poll(async () => (await ask()).total.requested, patience).toBe("2");
  await expect.poll(async () => (await ask()).total.paid, patience).toBe("1");
  const { rows, total } = await ask();
  expect(rows).toHaveLength(1);
  expect(total).toMatchObject({ paid: "1", open: "1", openLate: "0", rejected: "0", kept: "1.000000" });
  expect(total.stages.decision).toMatchObject({ passed: "1", late: "0" });
  expect(total.total.p50).toBeGreaterThan(0);
  expect(total.total.p50).toBeLessThan(60);
});

test("whoever may see no reports is refused", async () => {
  const support = (await office.signIn(office.people.support)).api;
  const asking = support.report.payoutSla.query({ from: "2026-01-01", to: "2026-01-02" });
  expect((await failureOf(asking)).code).toBe("NOT_ALLOWED");
});
