/** The cashier's numbers in the hands of staff: two people, from an instant on, and at work at once. */
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { failureOf, type Office, type SignedIn, startOffice } from "../../../testing/start-office.ts";
import { type RunningPsps, runPsps } from "../../simulators/run-psps.fixture.ts";

let office: Office;
let psps: RunningPsps;
let finance: SignedIn["api"];
let second: SignedIn["api"];
let compliance: SignedIn["api"];
let support: SignedIn["api"];

beforeAll(async () => {
  office = await startOffice();
  psps = await runPsps(office.casino);
  finance = (await office.signIn(office.people.finance)).api;
  second = (await office.signIn(office.people.finance2)).api;
  compliance = (await office.signIn(office.people.compliance)).api;
  support = (await office.signIn(office.people.support)).api;
});
afterAll(async () => {
  await psps.stop();
  await office.close();
});

const reason = "The risk committee of this month";
const deposits = { family: "DEPOSIT" as const, subject: "card CHF" };

const versionsOf = async (family: string, subject: string) =>
  (await finance.cashierRule.list.query()).filter((rule) => rule.family === family && rule.subject === subject);

async function newestValues(family: string, subject: string) {
  const [newest] = await versionsOf(family, subject);
  if (newest === undefined) throw new Error(`no rule of ${family} ${subject}`);
  return newest.values;
}

async function deposit(amount: string): Promise<unknown> {
  const { playerId } = await office.casino.openPlayer({ CHF: "1.00" });
  const asked = {
    requestId: randomUUID(),
    playerId,
    amount: { amount, currency: "CHF" },
    method: "card",
    token: `pm_card_visa_${playerId}`,
  };
  const { casino } = office;
  return (await casino.call("POST", "/v1/deposits", { token: casino.operatorKey, body: asked })).body;
}

test("a rule is proposed with its difference, does nothing yet, and holds once another person has said yes", async () => {
  const values = await newestValues("DEPOSIT", "card CHF");
  const terms = { ...deposits, values: { ...values, minAmount: "25" }, effectiveFrom: null };
  const diff = await finance.cashierRule.diff.query(terms);
  expect(diff).toEqual({
    first: false,
    changes: [{ path: "minAmount", before: values["minAmount"], after: "25.00" }],
  });
  const { approvalId, contentHash, status } = await finance.cashierRule.propose.mutate({ ...terms, reason });
  expect(status).toBe("PROPOSED");
  expect(await deposit("20.00")).not.toMatchObject({ code: "DEPOSIT_BELOW_MIN" });

  const own = await failureOf(finance.approval.approve.mutate({ approvalId, contentHash, reason: null }));
  expect(own.code).toBe("APPROVAL_OWN");
  await second.approval.approve.mutate({ approvalId, contentHash, reason: null });
  expect(await versionsOf("DEPOSIT", "card CHF")).toMatchObject([
    { version: 2, standing: "CURRENT", values: { minAmount: "25.00" }, approvalId },
    { version: 1, standing: "PAST", approvalId: null },
  ]);
  expect(await deposit("20.00")).toMatchObject({ code: "DEPOSIT_BELOW_MIN" });
  const audit = await compliance.audit.list.query({ action: "cashier-rule.change" });
  expect(audit.rows).toMatchObject([{ reason, subject: { kind: "cashier-rule", id: "DEPOSIT card CHF" } }]);
});

test("one that begins later stands beside the one in force, and none begins before it", async () => {
  const values = await newestValues("CHARGEBACK", "*");
  const begins = new Date(Date.now() + 86_400_000).toISOString();
  const terms = { family: "CHARGEBACK" as const, subject: "*", values: { ...values, lockAt: "3" } };
  const proposed = await finance.cashierRule.propose.mutate({ ...terms, effectiveFrom: begins, reason });
  await second.approval.approve.mutate({ ...proposed, reason: null });
  expect(await versionsOf("CHARGEBACK", "*")).toMatchObject([
    { version: 2, standing: "FUTURE", effectiveFrom: begins },
    { version: 1, standing: "CURRENT" },
  ]);
  const earlier = { ...terms, values: { ...values, lockAt: "4" }, effectiveFrom: null, reason };
  expect((await failureOf(finance.cashierRule.propose.mutate(earlier))).code).toBe("REQUEST_INVALID");
});

test("a subject gets its first rule, and what was proposed on an older version is not applied", async () => {
  const gbp = await newestValues("PAYOUT", "GBP");
  const first = { family: "PAYOUT" as const, subject: "PLN", values: gbp, effectiveFrom: null, reason };
  const one = await finance.cashierRule.propose.mutate(first);
  const other = await finance.cashierRule.propose.mutate({ ...first, values: { ...gbp, mostADay: "9" } });
  await second.approval.approve.mutate({ ...one, reason: null });
  await second.approval.approve.mutate({ ...other, reason: null }).catch(() => undefined);
  expect(await versionsOf("PAYOUT", "PLN")).toMatchObject([{ version: 1, values: gbp, approvalId: one.approvalId }]);
});

test("what is out of bounds, changes nothing or begins in the past is refused with what is wrong", async () => {
  const values = await newestValues("PAYOUT", "EUR");
  const refusal = (change: object, more: object = {}) =>
    failureOf(
      finance.cashierRule.propose.mutate({
        family: "PAYOUT",
        subject: "EUR",
        values: { ...values, ...change },
        effectiveFrom: null,
        reason,
        ...more,
      }),
    );
  expect((await refusal({})).code).toBe("NOTHING_CHANGES");
  expect(await refusal({ twoFrom: "1.00" })).toMatchObject({ code: "REQUEST_INVALID", detail: /autoBelow/ });
  expect(await refusal({ minAmount: "0.001" })).toMatchObject({ code: "REQUEST_INVALID", detail: /decimals/ });
  expect(await refusal({ lowRiskBelow: "102" })).toMatchObject({ code: "REQUEST_INVALID" });
  expect(await refusal({ mostADay: "6" }, { subject: "EURO" })).toMatchObject({ code: "REQUEST_INVALID" });
  expect(await refusal({ mostADay: "6" }, { effectiveFrom: "2026-01-01T00:00:00Z" })).toMatchObject({
    code: "REQUEST_INVALID",
  });
});

test("support may neither see them nor propose one, and the database takes none that nobody approved", async () => {
  expect((await failureOf(support.cashierRule.list.query())).code).toBe("NOT_ALLOWED");
  const insert = office.casino.db.execute(
    "INSERT INTO chargeback_rules (effective_from, lock_at, within_days) VALUES (now(), 9, 9)",
  );
  await expect(insert).rejects.toMatchObject({ cause: { code: "23514" } });
});
