/** From a click to a payment over a real rail: what visitors, two members of staff and a simulated provider bring about together. */
import pg from "pg";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type RunningPsps, runPsps } from "../../cashier/simulators/run-psps.fixture.ts";
import { application, behindProxy, mailsTo, visitor } from "../../identity/player-account/visitor.fixture.ts";
import { findLedgerFaults } from "../../testing/check-ledger.ts";
import { numberOf } from "../../testing/start-casino.ts";
import { failureOf, type Office, type SignedIn, startOffice } from "../../testing/start-office.ts";

let office: Office;
let psps: RunningPsps;
let finance: SignedIn;
let finance2: SignedIn;
let operations: SignedIn;
let support: SignedIn;
let affiliateId: string;

const patience = { timeout: 40_000, interval: 100 };
const lastMonth = new Date(new Date().setUTCDate(0)).toISOString().slice(0, 7);

async function owner(text: string, values: readonly unknown[] = []): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: office.casino.databaseUrl });
  await client.connect();
  try {
    return await client.query(text, [...values]);
  } finally {
    await client.end();
  }
}

beforeAll(async () => {
  office = await startOffice(behindProxy);
  psps = await runPsps(office.casino);
  const { people } = office;
  [finance, finance2, operations, support] = (await Promise.all(
    [people.finance, people.finance2, people.operations, people.support].map((who) => office.signIn(who)),
  )) as [SignedIn, SignedIn, SignedIn, SignedIn];
  const made = await finance.api.affiliate.create.mutate({
    name: "Northern Lights",
    email: "pay@example.com",
    reason: "A new partner",
  });
  affiliateId = made.affiliateId;
  await finance.api.affiliate.addCode.mutate({
    affiliateId,
    code: "north-1",
    label: "Front page",
    landing: "https://casino.example/welcome?lang=en",
    reason: "The first campaign",
  });
  // The house opened this month: no day of the last one is there to be tied.
  await owner(
    "INSERT INTO report_closings (day, revision, position, late_through, status, actor, reason, lines) VALUES (date_trunc('month', now())::date, 1, 0, 0, 'TIED', 'test', 'A test', '[]')",
  );
});
afterAll(async () => {
  expect(await findLedgerFaults(office.casino.db)).toEqual([]);
  await psps.stop();
  await office.close();
});

async function click(code: string): Promise<URL> {
  const answer = await fetch(`${office.casino.url()}/v1/affiliates/links/${code}?sub=banner`, { redirect: "manual" });
  expect(answer.status).toBe(302);
  expect(answer.headers.get("set-cookie")).toBeNull();
  return new URL(answer.headers.get("location") ?? "");
}

async function register(email: string, ip: string, affiliate: Record<string, unknown>): Promise<string> {
  const browser = visitor(office.casino, ip);
  expect(await browser.call("POST", "/v1/players", { body: application(email, { affiliate }) })).toMatchObject({
    status: 202,
  });
  await mailsTo(office.casino, email);
  const { rows } = await owner("SELECT id FROM players ORDER BY id DESC LIMIT 1");
  return `p_${BigInt((rows as { id: string }[])[0]?.id ?? 0).toString(32)}`;
}

test("a click leads on with its id and no cookie, and the player who registers with it is the affiliate's", async () => {
  const target = await click("north-1");
  expect([target.origin, target.pathname, target.searchParams.get("lang"), target.searchParams.get("aff")]).toEqual([
    "https://casino.example",
    "/welcome",
    "en",
    "north-1",
  ]);
  await register("lena@example.com", "203.0.113.7", { clicks: [target.searchParams.get("click")] });
  const { rows } = await finance.api.affiliate.players.query({ affiliateId });
  expect(rows).toMatchObject([{ code: "north-1", source: "REGISTRATION" }]);
  const { trackingCodes } = await finance.api.affiliate.show.query({ affiliateId });
  expect(trackingCodes).toMatchObject([{ code: "north-1", clicks: 1, players: 1 }]);
});

test("a code that is given by hand counts as a touch; one that is unknown or closed changes nothing", async () => {
  await register("mika@example.com", "203.0.113.8", { code: "north-1" });
  await register("nora@example.com", "203.0.113.9", { code: "nobodys-code", clicks: ["clk_zzz"] });
  expect((await finance.api.affiliate.players.query({ affiliateId })).rows).toHaveLength(2);
  await finance.api.affiliate.setCode.mutate({
    affiliateId,
    code: "north-1",
    active: false,
    reason: "The campaign is over",
  });
  expect((await fetch(`${office.casino.url()}/v1/affiliates/links/north-1`, { redirect: "manual" })).status).toBe(404);
  await register("olga@example.com", "203.0.113.10", { code: "north-1" });
  expect((await finance.api.affiliate.players.query({ affiliateId })).rows).toHaveLength(2);
});

test("a player becomes another affiliate's under a reason, from then on, and the history stays", async () => {
  const [first] = (await finance.api.affiliate.players.query({ affiliateId })).rows;
  const playerId = first?.playerId ?? "";
  const refused = support.api.affiliate.reattribute.mutate({ playerId, affiliateId: null, reason: "Not mine to say" });
  expect(await failureOf(refused)).toMatchObject({ code: "NOT_ALLOWED" });
  const history = await operations.api.affiliate.reattribute.mutate({
    playerId,
    affiliateId: null,
    reason: "Came by himself",
  });
  expect(history).toMatchObject([
    { affiliateId: null, until: null, reason: "Came by himself" },
    { affiliateId, source: "REGISTRATION" },
  ]);
  expect(history[1]?.until).toBe(history[0]?.since);
  const again = operations.api.affiliate.reattribute.mutate({ playerId, affiliateId: null, reason: "Once more" });
  expect(await failureOf(again)).toMatchObject({ code: "NOTHING_CHANGES" });
});

async function approveAs(who: SignedIn, proposal: { approvalId: string; contentHash: string }) {
  const { approvalId, contentHash } = proposal;
  return who.api.approval.approve.mutate({ approvalId, contentHash });
}

test("a statement is approved by two people, to exactly its content, and paid over the rail that two people named", async () => {
  await finance.api.affiliate.setPlan.mutate({
    affiliateId,
    fromMonth: lastMonth,
    plan: { monthlyFee: "250.00", cpa: null, share: null },
    reason: "The contract of this year",
  });
  const made = await finance.api.affiliate.makeStatement.mutate({
    affiliateId,
    month: lastMonth,
    reason: "The month is over",
  });
  expect(made).toMatchObject({ state: "OPEN", version: 1, total: "250.00", due: "250.00" });
  const { statementId } = made;
  const proposal = await finance.api.affiliate.proposeStatement.mutate({ statementId, reason: "As agreed" });
  expect(proposal).toMatchObject({ status: "PROPOSED", required: 1, content: { hash: made.hash, due: "250.00" } });
  expect(await failureOf(approveAs(finance, proposal))).toMatchObject({ code: "APPROVAL_OWN" });
  const other = { ...proposal, contentHash: "0".repeat(64) };
  expect(await failureOf(approveAs(finance2, other))).toMatchObject({ code: "APPROVAL_CHANGED" });
  expect(await approveAs(finance2, proposal)).toMatchObject({ approval: { status: "APPLIED" }, notApplied: null });
  expect(await finance.api.affiliate.statement.query({ statementId })).toMatchObject({ state: "APPROVED" });
  expect(await finance.api.affiliate.show.query({ affiliateId })).toMatchObject({ owed: "250.00", payments: [] });

  const payee = await finance.api.affiliate.proposePayee.mutate({
    affiliateId,
    psp: "stripe",
    token: "pm_card_visa_northern",
    label: "Visa of Northern Lights",
    reason: "By their letter",
  });
  expect(await approveAs(finance2, payee)).toMatchObject({ approval: { status: "APPLIED" } });
  await vi.waitFor(async () => {
    const now = await finance.api.affiliate.show.query({ affiliateId });
    expect(now).toMatchObject({ owed: "0.00", payments: [{ amount: "250.00", state: "PAID" }] });
  }, patience);
  const { rows } = await owner(
    "SELECT w.kind, sum(p.available)::text AS sum FROM transactions t JOIN postings p ON p.transaction_id = t.id JOIN wallets w ON w.id = p.wallet_id WHERE t.type IN (40, 41) GROUP BY w.kind ORDER BY w.kind",
  );
  expect(rows).toEqual([
    { kind: 11, sum: "25000" },
    { kind: 40, sum: "-25000" },
    { kind: 41, sum: "0" },
  ]);
});

test("what a plan says of a month that was approved can't be changed, and an approved statement is not made anew", async () => {
  const plan = { monthlyFee: "900.00", cpa: null, share: null };
  const late = finance.api.affiliate.setPlan.mutate({
    affiliateId,
    fromMonth: lastMonth,
    plan,
    reason: "Too late for that",
  });
  expect(await failureOf(late)).toMatchObject({ code: "PLAN_IN_USE" });
  const again = await finance.api.affiliate.makeStatement.mutate({
    affiliateId,
    month: lastMonth,
    reason: "Once more",
  });
  expect(again).toMatchObject({ version: 1, state: "APPROVED" });
});

test("a payment that the rail turns down comes back, and waits for a person or another payee", async () => {
  const made = await finance.api.affiliate.create.mutate({
    name: "Turned down",
    email: "no@example.com",
    reason: "Another partner",
  });
  const id = made.affiliateId;
  await finance.api.affiliate.setPlan.mutate({
    affiliateId: id,
    fromMonth: lastMonth,
    plan: { monthlyFee: "80.00", cpa: null, share: null },
    reason: "Their contract",
  });
  const { statementId } = await finance.api.affiliate.makeStatement.mutate({
    affiliateId: id,
    month: lastMonth,
    reason: "It is over",
  });
  await approveAs(finance2, await finance.api.affiliate.proposeStatement.mutate({ statementId, reason: "As agreed" }));
  const wrong = {
    affiliateId: id,
    psp: "stripe",
    token: "pm_card_closed_theirs",
    label: "A closed card",
    reason: "By their letter",
  };
  await approveAs(finance2, await finance.api.affiliate.proposePayee.mutate(wrong));
  await vi.waitFor(async () => {
    expect(await finance.api.affiliate.show.query({ affiliateId: id })).toMatchObject({
      payments: [{ state: "RETURNED", waits: true }],
    });
  }, patience);
  expect(await finance.api.affiliate.show.query({ affiliateId: id })).toMatchObject({ owed: "80.00" });
  const right = { ...wrong, token: "pm_card_visa_right", label: "Their card" };
  await approveAs(finance2, await finance.api.affiliate.proposePayee.mutate(right));
  await vi.waitFor(async () => {
    const now = await finance.api.affiliate.show.query({ affiliateId: id });
    expect(now).toMatchObject({ owed: "0.00", payments: [{ state: "PAID" }, { state: "RETURNED" }] });
  }, patience);
});

test("money that comes back after it was paid is owed again", async () => {
  const made = await finance.api.affiliate.create.mutate({
    name: "Comes back",
    email: "back@example.com",
    reason: "A third partner",
  });
  const id = made.affiliateId;
  const plan = { monthlyFee: "60.00", cpa: null, share: null };
  await finance.api.affiliate.setPlan.mutate({ affiliateId: id, fromMonth: lastMonth, plan, reason: "Their contract" });
  const { statementId } = await finance.api.affiliate.makeStatement.mutate({
    affiliateId: id,
    month: lastMonth,
    reason: "It is over",
  });
  await approveAs(finance2, await finance.api.affiliate.proposeStatement.mutate({ statementId, reason: "As agreed" }));
  const payee = {
    affiliateId: id,
    psp: "stripe",
    token: "pm_card_returned_theirs",
    label: "Their card",
    reason: "By their letter",
  };
  await approveAs(finance2, await finance.api.affiliate.proposePayee.mutate(payee));
  const waits = await vi.waitFor(async () => {
    const now = await finance.api.affiliate.show.query({ affiliateId: id });
    expect(now).toMatchObject({ owed: "60.00", payments: [{ state: "RETURNED", waits: true }] });
    return now;
  }, patience);
  const { rows } = await owner(
    "SELECT count(*)::integer AS times FROM transactions WHERE type = 41 AND reference = $1",
    [numberOf(waits.payments[0]?.paymentId.replace("afp_", "p_") ?? "").toString()],
  );
  expect(rows).toEqual([{ times: 2 }]);
});

test("the database refuses a statement that pays for a player who was paid for before", async () => {
  const { rows } = await owner("SELECT id FROM players ORDER BY id LIMIT 1");
  const player = (rows as { id: string }[])[0]?.id ?? "0";
  await owner("SELECT read_public_id('p_zz')");
  expect((await owner("SELECT read_public_id('p_zz')::text AS id")).rows).toEqual([
    { id: numberOf("p_zz").toString() },
  ]);
  await owner(
    "INSERT INTO affiliate_cpas (player_id, affiliate_id, month, statement_id) SELECT $1, affiliate_id, month, id FROM affiliate_statements ORDER BY id LIMIT 1",
    [player],
  );
  const twice = owner(
    "INSERT INTO affiliate_cpas (player_id, affiliate_id, month, statement_id) SELECT $1, affiliate_id, month, id FROM affiliate_statements ORDER BY id DESC LIMIT 1",
    [player],
  );
  await expect(twice).rejects.toThrow(/affiliate_cpas_pkey/);
});
