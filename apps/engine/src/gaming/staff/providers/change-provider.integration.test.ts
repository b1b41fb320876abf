/** What staff change of a provider: what money depends on by two people, the rest by one; and its credentials. */
import { openDemoProviders } from "../../../demo/open-demo-providers.ts";
import { listProviderCredentials, insertProviderPolicy, listPolicyVersions } from "@pitboss/db/gaming/provider-store";
import { afterAll, beforeAll, expect, test } from "vitest";
import { failureOf, type Office, type SignedIn, startOffice } from "../../../testing/start-office.ts";

let office: Office;
let operations: SignedIn["api"];
let finance: SignedIn["api"];
let admin: SignedIn["api"];
let provider: string;
let keyed: string;

beforeAll(async () => {
  office = await startOffice();
  const opened = await openDemoProviders(office.casino.db, office.deps.vault, { EUR: { min: "0.10", max: "1000.00" } });
  provider = opened.find(({ dialect }) => dialect === "signed-json")?.provider ?? "";
  keyed = opened.find(({ dialect }) => dialect === "hub88")?.provider ?? "";
  operations = (await office.signIn(office.people.operations)).api;
  finance = (await office.signIn(office.people.finance)).api;
  admin = (await office.signIn(office.people.admin)).api;
});
afterAll(() => office.close());

const reason = "As the contract of May says";

async function wanted(change: object) {
  const { policyVersion: version, policy } = await operations.provider.show.query({ provider });
  return { provider, version, policy: { ...policy, ...change }, reason };
}

test("what only calls depend on holds at once", async () => {
  const next = await wanted({ clockToleranceSeconds: 90 });
  const changed = await operations.provider.changePolicy.mutate(next);
  expect(changed).toEqual({ version: next.version + 1, approvalId: null });
  const after = await operations.provider.show.query({ provider });
  expect(after).toMatchObject({ policyVersion: next.version + 1, policy: { clockToleranceSeconds: 90 } });
  expect((await failureOf(operations.provider.changePolicy.mutate(next))).code).toBe("PLAN_CHANGED");
});

test("what money depends on holds once a second person has said yes", async () => {
  const next = await wanted({ betMax: { EUR: "20.00" }, answerWithinMs: 4_000 });
  const { version, approvalId } = await operations.provider.changePolicy.mutate(next);
  expect(version).toBeNull();
  expect((await operations.provider.show.query({ provider })).policyVersion).toBe(next.version);
  const proposal = await operations.approval.show.query({ approvalId: approvalId ?? "" });
  expect(proposal).toMatchObject({
    kind: "provider.policy",
    content: { basedOn: next.version, changes: [{ path: "answerWithinMs" }, { path: "betMax.EUR", after: "20.00" }] },
  });
  const decision = { approvalId: proposal.approvalId, contentHash: proposal.contentHash, reason: null };
  expect((await failureOf(operations.approval.approve.mutate(decision))).code).toBe("NOT_ALLOWED");
  expect((await operations.provider.show.query({ provider })).policyVersion).toBe(next.version);
  await finance.approval.approve.mutate(decision);
  const after = await operations.provider.show.query({ provider });
  expect(after).toMatchObject({ policyVersion: next.version + 1, policy: { betMax: { EUR: "20.00" } } });
  expect(after.history[0]).toMatchObject({ reason, version: next.version + 1 });
});

test("a proposal on a version that is not the newest any more changes nothing", async () => {
  const next = await wanted({ settledRollback: "RECEIVABLE" });
  const { approvalId } = await operations.provider.changePolicy.mutate(next);
  await operations.provider.changePolicy.mutate(await wanted({ mutualTls: true }));
  const { contentHash } = await operations.approval.show.query({ approvalId: approvalId ?? "" });
  const decided = await finance.approval.approve.mutate({ approvalId: approvalId ?? "", contentHash, reason: null });
  expect(decided.notApplied).toMatchObject({ code: "PLAN_CHANGED" });
  expect((await operations.provider.show.query({ provider })).policy).toMatchObject({
    mutualTls: true,
    settledRollback: "CLAW_BACK",
  });
});

test("the database itself refuses what money depends on without a second person", async () => {
  const [current] = await listPolicyVersions(office.casino.db, provider);
  if (current === undefined) throw new Error("the provider has a policy");
  const policy = { ...(current.policy as object), currencies: ["USD"] };
  const next = { providerId: current.providerId, dialect: current.dialect, policy, reason, actor: "Olga" };
  await expect(insertProviderPolicy(office.casino.db, next, current.version)).rejects.toThrow();
});

test("a secret is made by the house, shown once, and the one before counts until the overlap has passed", async () => {
  const { fingerprint: old } = (await admin.provider.show.query({ provider })).credentials[0] ?? {};
  const asked = { provider, overlapMinutes: 30, given: null };
  const plan = await admin.provider.planRotation.query(asked);
  expect(plan.items).toMatchObject([{ before: { fingerprint: old }, after: { fingerprint: "made by the house" } }]);
  const sent = { provider, overlapMinutes: 30, following: old ?? null, reason };
  const made = await admin.provider.rotateCredential.mutate(sent);
  expect(Buffer.from(made.secret ?? "", "base64")).toHaveLength(32);
  const { credentials } = await admin.provider.show.query({ provider });
  expect(credentials.map(({ fingerprint, state }) => [fingerprint, state])).toEqual([
    [made.fingerprint, "LIVE"],
    [old, "ENDING"],
  ]);
  expect(JSON.stringify(credentials)).not.toContain(made.secret);
  // Whoever saw the one before does not end what somebody else has just made.
  expect((await failureOf(admin.provider.rotateCredential.mutate(sent))).code).toBe("PLAN_CHANGED");
  const rows = await listProviderCredentials(office.casino.db, { ended: true });
  expect(rows.filter(({ fingerprint }) => fingerprint === made.fingerprint)).toHaveLength(1);
});

test("a dialect of public keys takes no made secret, and rotating is for admins", async () => {
  const asked = { provider: keyed, overlapMinutes: 0, given: null };
  const { leftOut } = await admin.provider.planRotation.query(asked);
  expect(leftOut).toMatchObject([{ code: "REQUEST_INVALID" }]);
  const sent = { provider: keyed, overlapMinutes: 0, reason };
  expect((await failureOf(admin.provider.rotateCredential.mutate(sent))).code).toBe("REQUEST_INVALID");
  expect((await failureOf(operations.provider.rotateCredential.mutate(sent))).code).toBe("NOT_ALLOWED");
});
