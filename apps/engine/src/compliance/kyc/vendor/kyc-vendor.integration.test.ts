/** Verification with a vendor's help, against the simulated vendor as a process of its own. */
import { insertListVersion } from "@pitboss/db/compliance/screening-list-store";
import { listVerdicts } from "@pitboss/db/compliance/kyc-vendor-store";
import { readStanding } from "@pitboss/db/compliance/standing-store";
import { diffEntries } from "@pitboss/domain/compliance/screening/diff-entries";
import { parseId } from "@pitboss/domain/kernel/public-id";
import { caseChecklists } from "@pitboss/domain/compliance/kyc/case-policy";
import { formatVendorTime } from "@pitboss/domain/compliance/kyc/vendor-review";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { drawSpecimen } from "../../../demo/specimen-document.ts";
import { numberOf } from "../../../testing/start-casino.ts";
import { failureOf, type Office, type SignedIn, startOffice } from "../../../testing/start-office.ts";
import { type RunningVendor, runVendor } from "../../simulators/run-compliance.fixture.ts";
import { systemClock } from "../../../kernel/context.ts";
import { createLog } from "../../../kernel/log.ts";
import { parseHouseList } from "../../screening/lists/parse-house.ts";
import { askVendor } from "./ask-vendor.ts";
import { readKycVendor } from "./read-kyc-vendor.ts";

let office: Office;
let vendor: RunningVendor;
let compliance: SignedIn;
const patience = { timeout: 20_000, interval: 100 };
const checked = [...caseChecklists[1]];
const content = drawSpecimen(3);
const bill = {
  idDocType: "UTILITY_BILL",
  content: content.toString("base64"),
  validUntil: "2031-05-01",
  country: "FRA",
};
const green = { reviewAnswer: "GREEN" } as const;
const red = {
  reviewAnswer: "RED",
  reviewRejectType: "FINAL",
  rejectLabels: ["FORGERY"],
  clientComment: "A copy.",
} as const;

beforeAll(async () => {
  office = await startOffice();
  vendor = await runVendor(office.casino);
  const parsed = parseHouseList("HOUSE", [
    { name: "house.csv", bytes: Buffer.from("ref,name,surname\n1,Viktor Ostrogin,Ostrogin\n") },
  ]);
  if (!parsed.ok) throw new Error(parsed.error.detail);
  const list = { source: "HOUSE", checksum: "a".repeat(64), files: [], publishedOn: null } as const;
  const counts = { entries: 1, persons: 1, by: "test", reason: "to screen by" };
  await insertListVersion(office.casino.db, { ...list, ...counts }, diffEntries(new Map(), parsed.value.entries));
  compliance = await office.signIn(office.people.compliance);
});
afterAll(async () => {
  await vendor.stop();
  await office.close();
});

async function applicant(firstName: string) {
  const made = await office.casino.openPlayer();
  const data = {
    firstName,
    lastName: "Lind",
    birthDate: "1991-02-03",
    address: "2 Mill Lane",
    email: `${made.playerId}@x.test`,
  };
  await office.casino.db.transaction((tx) => office.deps.players.store(tx, numberOf(made.playerId), data));
  const page = await office.casino.call("POST", "/v1/kyc/vendor-page", { token: made.token });
  expect(page.status).toBe(200);
  const { rows } = await compliance.api.kyc.list.query({ playerId: made.playerId });
  const caseId = rows[0]?.caseId ?? "";
  return { ...made, caseId, page: String(page.body["url"]) };
}

const show = (caseId: string) => compliance.api.kyc.show.query({ caseId });
const verdictsOf = (caseId: string) => listVerdicts(office.casino.db, parseId("kycCase", caseId) ?? 0n);

async function until(caseId: string, what: object): Promise<void> {
  await vi.waitFor(async () => expect(await show(caseId)).toMatchObject(what), patience);
}

test("what is given at the vendor's page lies in the house's vault, and its verdict beside the data", async () => {
  const { caseId, page, token } = await applicant("Ada");
  expect((await fetch(page)).status).toBe(200);
  const form = new URLSearchParams({
    document: "UTILITY_BILL",
    outcome: "valid",
    validUntil: "2031-05-01",
    country: "FRA",
  });
  expect((await fetch(page, { method: "POST", body: form })).status).toBe(200);
  await until(caseId, { state: "PENDING", vendor: { verdicts: [{ answer: "GREEN", counts: true }] } });
  const { documents } = await show(caseId);
  expect(documents).toMatchObject([
    { kind: "PROOF_OF_ADDRESS", fromVendor: true, validUntil: "2031-05-01", issuedIn: "FR" },
  ]);
  const reason = "to verify the address";
  const opened = await compliance.api.kyc.document.mutate({ documentId: documents[0]?.documentId ?? "", reason });
  expect(Buffer.from(opened.content, "base64").equals(drawSpecimen(0))).toBe(true);
  const again = await office.casino.call("POST", "/v1/kyc/vendor-page", { token });
  expect(again.body["code"]).toBe("CASE_STATE");
});

test("a later RED after a GREEN takes up again what was approved, and the player falls at once", async () => {
  const { caseId, playerId } = await applicant("Bea");
  await vendor.tell(caseId, { images: [bill], verdict: green });
  await until(caseId, { state: "PENDING" });
  await compliance.api.kyc.decide.mutate({ caseId, decision: "approve", checked, reason: "the bill fits the account" });
  await vendor.tell(caseId, { verdict: red });
  await until(caseId, { state: "PENDING", kycLevel: 0 });
  const shown = await show(caseId);
  expect(shown.steps.at(-1)).toMatchObject({ event: "reopen", note: "FORGERY: A copy." });
  expect(shown.vendor?.verdicts).toMatchObject([
    { answer: "GREEN", counts: false },
    { answer: "RED", counts: true },
  ]);
  expect(await readStanding(office.casino.db, numberOf(playerId))).toMatchObject({ kycLevel: 0 });
});

test("finals that come in the wrong order are ordered by the vendor's clock, and repeats change nothing", async () => {
  const { caseId } = await applicant("Cleo");
  const now = Date.now();
  await vendor.tell(caseId, { images: [bill], verdict: { ...green, at: now } });
  await until(caseId, { state: "PENDING", vendor: { verdicts: [{ answer: "GREEN" }] } });
  await compliance.api.kyc.decide.mutate({ caseId, decision: "approve", checked, reason: "the bill fits the account" });
  const shown = await show(caseId);
  const event = {
    type: "applicantReviewed",
    applicantId: shown.vendor?.applicant,
    reviewStatus: "completed",
    reviewResult: red,
    createdAtMs: formatVendorTime(now - 60_000),
  };
  for (let time = 0; time < 3; time += 1) expect(await vendor.sendWebhook(event)).toBe(200);
  await until(caseId, {
    vendor: {
      verdicts: [
        { answer: "RED", counts: false },
        { answer: "GREEN", counts: true },
      ],
    },
  });
  expect(await show(caseId)).toMatchObject({ state: "APPROVED", kycLevel: 1 });
  expect(await verdictsOf(caseId)).toHaveLength(2);
  const { rows } = await office.casino.db.execute(
    sql`SELECT deliveries FROM kyc_webhooks WHERE event_key LIKE ${`${event.applicantId ?? ""}|applicantReviewed|${event.createdAtMs}|%`}`,
  );
  expect(rows).toEqual([{ deliveries: 3 }]);
});

test("what is not the vendor's is kept as evidence and believed in nothing", async () => {
  const { caseId } = await applicant("Dora");
  const event = {
    type: "applicantReviewed",
    applicantId: (await show(caseId)).vendor?.applicant,
    reviewStatus: "completed",
    reviewResult: green,
    createdAtMs: formatVendorTime(Date.now()),
  };
  expect(await vendor.sendWebhook(event, () => "00".repeat(32))).toBe(401);
  const { rows } = await office.casino.db.execute(sql`SELECT state, outcome FROM kyc_webhooks WHERE state = 'FORGED'`);
  expect(rows).toEqual([{ state: "FORGED", outcome: "The digest does not match." }]);
  expect(await verdictsOf(caseId)).toEqual([]);
});

test("a verdict whose webhook was lost is asked for", async () => {
  const { caseId } = await applicant("Edda");
  await vendor.misbehave({ lostWebhook: 1 });
  await vendor.tell(caseId, { images: [bill], verdict: red });
  const kycVendor = await readKycVendor(`${office.casino.dataDir}/kyc-vendor.json`, false);
  const inAnHour = { now: () => systemClock.now() + 3_600_000 };
  await askVendor({ ...office.deps, kycVendor, clock: inAnHour, log: createLog("silent") });
  await until(caseId, { state: "PENDING", vendor: { verdicts: [{ answer: "RED", source: "ASKED" }] } });
  await vendor.misbehave({});
});

test("while the vendor is down its news wait, and nothing of them is lost", async () => {
  const { caseId } = await applicant("Fee");
  await vendor.misbehave({ fail: 1 });
  await vendor.tell(caseId, { images: [bill], verdict: green });
  const state = sql`SELECT state, attempts FROM kyc_webhooks WHERE type = 'applicantReviewed' AND state = 'STORED' AND attempts > 0`;
  await vi.waitFor(async () => expect((await office.casino.db.execute(state)).rows).toHaveLength(1), patience);
  await vendor.misbehave({});
  await until(caseId, { state: "PENDING", vendor: { verdicts: [{ answer: "GREEN", counts: true }] } });
});

test("a dead letter is seen by compliance alone, processed again when asked for, and counts once", async () => {
  const { caseId } = await applicant("Gro");
  const event = {
    type: "applicantReviewed",
    applicantId: (await show(caseId)).vendor?.applicant,
    reviewStatus: "completed",
    reviewResult: red,
    createdAtMs: formatVendorTime(Date.now()),
  };
  expect(await vendor.sendWebhook(event)).toBe(200);
  await until(caseId, { vendor: { verdicts: [{ answer: "RED" }] } });
  const [webhook] = (await compliance.api.kyc.webhooks.query({ state: "DONE", limit: 1 })).rows;
  const webhookId = webhook?.webhookId ?? "";
  const reason = "the vendor's applicant was restored";
  const replay = () => compliance.api.kyc.replayWebhook.mutate({ webhookId, reason });
  expect((await failureOf(replay())).code).toBe("NOTHING_CHANGES");

  // As it is left when the tries are used up.
  await office.casino.db.execute(
    sql`UPDATE kyc_webhooks SET state = 'DEAD', outcome = 'given up', due_at = NULL WHERE id = ${parseId("kycWebhook", webhookId)}`,
  );
  const support = await office.signIn(office.people.support);
  const barred = support.api.kyc.replayWebhook.mutate({ webhookId, reason });
  expect((await failureOf(barred)).code).toBe("NOT_ALLOWED");
  expect((await failureOf(support.api.kyc.webhook.query({ webhookId }))).code).toBe("NOT_ALLOWED");
  expect((await compliance.api.kyc.webhook.query({ webhookId })).body).toContain("applicantReviewed");
  expect((await compliance.api.kyc.webhooks.query({ state: "DEAD" })).rows).toMatchObject([{ webhookId }]);
  const targets = { targets: [webhookId], params: {} };
  const plan = await compliance.api.plan.kycWebhookReplay.show.query(targets);
  const items = plan.items.map(({ id, hash }) => ({ id, hash }));
  await compliance.api.plan.kycWebhookReplay.carryOut.mutate({ plan: plan.hash, items, params: {}, reason });
  await vi.waitFor(
    async () => expect(await compliance.api.kyc.webhook.query({ webhookId })).toMatchObject({ state: "DONE" }),
    patience,
  );
  expect(await verdictsOf(caseId)).toHaveLength(1);
});
