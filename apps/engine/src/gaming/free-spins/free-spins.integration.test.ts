/** Free spins that the house issues with a provider, with the provider as a process that fails as providers do. */
import { createHmac, randomUUID } from "node:crypto";
import { freeSpinsMachine } from "@pitboss/domain/gaming/free-spins/free-spins-machine";
import { defaultFreeSpins, providerPolicySchema } from "@pitboss/domain/gaming/provider-policy";
import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { demoCasinoId } from "../../demo/open-demo-free-spins.ts";
import { findLedgerFaults } from "../../testing/check-ledger.ts";
import type { TestPlayer } from "../../testing/start-casino.ts";
import { failureOf, type Office, startOffice } from "../../testing/start-office.ts";
import { type RunningAggregator, runAggregator } from "./run-aggregator.fixture.ts";

type Api = Awaited<ReturnType<Office["signIn"]>>["api"];

let office: Office;
let aggregator: RunningAggregator;
let api: Api;
let player: TestPlayer;
const patience = { timeout: 30_000, interval: 50 };

beforeAll(async () => {
  office = await startOffice();
  aggregator = await runAggregator(office);
  ({ api } = await office.signIn(office.people.operations));
  const { provider } = aggregator.speaks;
  const shown = await api.provider.show.query({ provider });
  const quick = { answerWithinMs: 1_000, retryFirstSeconds: 1, retryMostSeconds: 1, quietSeconds: 1 };
  const freeSpins = { ...defaultFreeSpins, casinoId: demoCasinoId, url: aggregator.url, ...quick };
  const { approvalId } = await api.provider.changePolicy.mutate({
    provider,
    version: shown.policyVersion,
    policy: { ...providerPolicySchema.parse(shown.policy), freeSpins },
    reason: "Quick for tests",
  });
  if (approvalId === null) throw new Error("free spins take two people");
  const { contentHash } = await api.approval.show.query({ approvalId });
  const finance = await office.signIn(office.people.finance);
  await finance.api.approval.approve.mutate({ approvalId, contentHash, reason: null });
  await office.casino.restart();
  await aggregator.kill();
  await aggregator.start();
});
beforeEach(async () => {
  player = await office.casino.openPlayer({ EUR: "10.00" });
});
afterEach(async () => {
  await aggregator.start();
  await aggregator.misbehave({});
  await aggregator.offer([game()]);
});
afterAll(async () => {
  expect(await findLedgerFaults(office.casino.db)).toEqual([]);
  await aggregator.kill();
  await office.close();
});

const inAWeek = (): string => new Date(Date.now() + 7 * 24 * 3_600_000).toISOString();
const game = (more: object = {}) => ({
  id: aggregator.speaks.game,
  studio: "demo",
  studioHasFreeSpins: true,
  gameHasFreeSpins: true,
  ...more,
});
const wish = (more: object = {}) => ({
  provider: aggregator.speaks.provider,
  playerId: player.playerId,
  currency: "EUR" as const,
  games: [aggregator.speaks.game],
  spins: 10,
  betLevel: 1,
  validUntil: inAWeek(),
  campaign: randomUUID(),
  reason: "Welcome back",
  ...more,
});
const issue = async (more: object = {}): Promise<string> => (await api.freeSpins.issue.mutate(wish(more))).freeSpinsId;
const show = (freeSpinsId: string) => api.freeSpins.show.query({ freeSpinsId });
const reach = (freeSpinsId: string, state: string) =>
  vi.waitFor(async () => expect((await show(freeSpinsId)).state).toBe(state), patience);
async function issued(more: object = {}): Promise<string> {
  const id = await issue(more);
  await reach(id, "ISSUED");
  return id;
}
async function cash(): Promise<string | undefined> {
  const { body } = await office.casino.call("GET", "/v1/wallet", { token: player.token });
  const wallets = body["wallets"] as { kind: string; currency: string; available: string }[];
  return wallets.find(({ kind, currency }) => kind === "CASH" && currency === "EUR")?.available;
}

test("the database's table of states is that of the domain", async () => {
  const { rows } = await office.casino.db.execute<{ row: string }>(
    sql`SELECT from_state || ' ' || event || ' ' || to_state AS row FROM free_spin_transitions`,
  );
  const drawn = Object.entries(freeSpinsMachine).flatMap(([from, moves]) =>
    Object.entries(moves).map(([event, to]) => `${from} ${event} ${to}`),
  );
  expect(rows.map(({ row }) => row).sort()).toEqual(drawn.sort());
});

test("spins go out with the player's id and no more of the person than is needed, and what they won is paid once", async () => {
  const id = await issued();
  const sent = (await aggregator.issues()).find(({ request }) => request.issue_id === id);
  expect(sent?.request).toMatchObject({
    casino_id: demoCasinoId,
    games: [aggregator.speaks.game],
    freespins_quantity: 10,
    bet_level: 1,
  });
  expect(Object.keys(sent?.request.user ?? {}).sort()).toEqual(["country", "id", "nickname", "registered_at"]);
  expect((await aggregator.tell(id, "active", 0)).status).toBe(200);
  expect((await show(id)).state).toBe("ACTIVE");
  expect(await aggregator.tell(id, "played", 345)).toMatchObject({ status: 200, body: { balance: 1_345 } });
  expect(await aggregator.tell(id, "played", 345)).toMatchObject({ status: 200, body: { balance: 1_345 } });
  expect(await cash()).toBe("13.45");
  const ended = await show(id);
  expect(ended).toMatchObject({ state: "PLAYED", won: "3.45" });
  expect(ended.steps.map(({ event }) => event)).toEqual(["request", "send", "confirm", "start", "play"]);
});

test("another total for the same spins is refused and moves nothing", async () => {
  const id = await issued();
  await aggregator.tell(id, "played", 200);
  expect(await aggregator.tell(id, "played", 900)).toMatchObject({ status: 412, body: { code: 155 } });
  expect(await cash()).toBe("12.00");
});

test("spins of another player are not theirs to end", async () => {
  const id = await issued();
  const other = await office.casino.openPlayer({ EUR: "1.00" });
  const body = JSON.stringify({
    issue_id: id,
    user_id: other.playerId,
    currency: "EUR",
    status: "played",
    total_amount: 500,
  });
  const sign = createHmac("sha256", aggregator.speaks.secret).update(body).digest("hex");
  const answer = await fetch(`${office.casino.url()}/v1/providers/${aggregator.speaks.provider}/freespins`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-request-sign": sign },
    body,
  });
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ code: 610 });
  expect((await show(id)).state).toBe("ISSUED");
});

test("an answer that was lost is asked about, not sent again", async () => {
  await aggregator.misbehave({ lostAnswer: 1 });
  const id = await issue();
  await reach(id, "UNKNOWN");
  await aggregator.misbehave({});
  await reach(id, "ISSUED");
  const told = await show(id);
  expect(told.sends).toBe(1);
  expect(told.steps.map(({ event }) => event)).toEqual(["request", "send", "lose", "confirm"]);
});

test("what never arrived is sent again under the same id once the provider knows nothing of it", async () => {
  await aggregator.misbehave({ fail: 1 });
  const id = await issue();
  await reach(id, "UNKNOWN");
  await aggregator.misbehave({});
  await reach(id, "ISSUED");
  const told = await show(id);
  expect(told.sends).toBeGreaterThan(1);
  expect((await aggregator.issues()).filter(({ request }) => request.issue_id === id)).toHaveLength(1);
});

test("a provider that is away gets it when it is back", async () => {
  await aggregator.kill();
  const id = await issue();
  await reach(id, "UNKNOWN");
  await aggregator.start();
  await reach(id, "ISSUED");
});

test("a call of the end that comes while the outcome is unknown ends them", async () => {
  await aggregator.misbehave({ lostAnswer: 1 });
  const id = await issue();
  await reach(id, "UNKNOWN");
  expect((await aggregator.tell(id, "played", 150)).status).toBe(200);
  expect(await show(id)).toMatchObject({ state: "PLAYED", won: "1.50" });
  expect(await cash()).toBe("11.50");
});

test.each([
  [600, "NOT_SUPPORTED", { studioHasFreeSpins: false }],
  [601, "GAME_WITHOUT_FREE_SPINS", { gameHasFreeSpins: false }],
  [405, "GAME_NOT_AVAILABLE", { id: "another" }],
])("a refusal of %i is kept as %s, with the provider's own words", async (code, reason, more) => {
  await aggregator.offer([game(more)]);
  const id = await issue();
  await reach(id, "FAILED");
  expect((await show(id)).failure).toMatchObject({ reason, code: String(code) });
});

test.each([
  [602, "NO_GAMES"],
  [603, "EXPIRY_INVALID"],
  [604, "OTHER"],
  [607, "GAMES_OF_SEVERAL_STUDIOS"],
  [610, "ISSUE_INVALID"],
  [611, "EXPIRED"],
  [110, "PLAYER_DISABLED"],
  [403, "SIGNATURE_NOT_TAKEN"],
])("a refusal of %i, whatever made it, is kept as %s", async (refuse, reason) => {
  await aggregator.misbehave({ refuse });
  const id = await issue();
  await reach(id, "FAILED");
  expect((await show(id)).failure).toMatchObject({ reason, code: String(refuse) });
});

test("a state that does not fit (605) or is not synced (606) is asked about", async () => {
  for (const refuse of [605, 606]) {
    await aggregator.misbehave({ refuse });
    const id = await issue();
    await reach(id, "UNKNOWN");
    await aggregator.misbehave({});
    await reach(id, "ISSUED");
  }
});

test("a cancellation holds when the provider has confirmed it", async () => {
  const id = await issued();
  await api.freeSpins.cancel.mutate({ freeSpinsId: id, reason: "Given by mistake" });
  await reach(id, "CANCELLED");
  expect((await aggregator.issues()).find(({ request }) => request.issue_id === id)?.status).toBe("canceled");
  // The provider says so by its own call as well.
  await vi.waitFor(async () => expect((await show(id)).won).toBe("0.00"), patience);
});

test("a cancellation whose answer was lost is asked about", async () => {
  const id = await issued();
  await aggregator.misbehave({ lostAnswer: 1 });
  await api.freeSpins.cancel.mutate({ freeSpinsId: id, reason: "Given by mistake" });
  await vi.waitFor(async () => {
    const found = (await aggregator.issues()).find(({ request }) => request.issue_id === id);
    expect(found?.status).toBe("canceled");
  }, patience);
  await aggregator.misbehave({});
  await reach(id, "CANCELLED");
});

test("a cancellation waits until the studio knows of the issue (606)", async () => {
  await aggregator.misbehave({ syncMs: 2_000 });
  const id = await issued();
  await api.freeSpins.cancel.mutate({ freeSpinsId: id, reason: "Given by mistake" });
  await reach(id, "CANCELLED");
});

test("spins that are being played can't be cancelled (620), and are paid when they end", async () => {
  const id = await issued();
  await aggregator.tell(id, "active", 0);
  await api.freeSpins.cancel.mutate({ freeSpinsId: id, reason: "Given by mistake" });
  await vi.waitFor(async () => {
    expect((await show(id)).failure).toMatchObject({ reason: "NOT_CANCELLABLE", code: "620" });
  }, patience);
  expect((await show(id)).state).toBe("ACTIVE");
  await aggregator.tell(id, "played", 80);
  expect(await show(id)).toMatchObject({ state: "PLAYED", won: "0.80" });
});

test("spins that were cancelled and played all the same are paid: the provider's word counts", async () => {
  const id = await issued();
  await api.freeSpins.cancel.mutate({ freeSpinsId: id, reason: "Given by mistake" });
  await aggregator.tell(id, "played", 120);
  await vi.waitFor(async () => expect(await show(id)).toMatchObject({ state: "PLAYED", won: "1.20" }), patience);
  expect(await cash()).toBe("11.20");
});

test("spins run out when the provider says so, with what had been won until then", async () => {
  const id = await issued();
  await aggregator.tell(id, "expired", 60);
  expect(await show(id)).toMatchObject({ state: "EXPIRED", won: "0.60" });
  expect(await cash()).toBe("10.60");
});

test("the same player gets spins once for a campaign", async () => {
  const first = wish();
  await api.freeSpins.issue.mutate(first);
  expect(await failureOf(api.freeSpins.issue.mutate(first))).toMatchObject({ code: "NOTHING_CHANGES" });
  expect(await failureOf(api.freeSpins.issue.mutate({ ...first, spins: 20 }))).toMatchObject({
    code: "REQUEST_REUSED",
  });
});

test("what the policy does not let out is refused before the provider hears of it", async () => {
  const refusals: [object, string][] = [
    [{ spins: 101 }, "FREE_SPINS_TOO_MANY"],
    [{ validUntil: new Date(Date.now() - 1_000).toISOString() }, "FREE_SPINS_EXPIRY"],
    [{ validUntil: new Date(Date.now() + 40 * 24 * 3_600_000).toISOString() }, "FREE_SPINS_EXPIRY"],
    [{ games: ["hub88_wheel"] }, "GAME_NOT_FOUND"],
    [{ currency: "GBP" }, "CURRENCY_MISMATCH"],
    [{ provider: "hub88_demo", games: ["hub88_wheel"] }, "FREE_SPINS_NONE"],
  ];
  for (const [more, code] of refusals) {
    expect(await failureOf(api.freeSpins.issue.mutate(wish(more)))).toMatchObject({ code });
  }
});

test("an excluded player gets none, and only those who may issue them do", async () => {
  const support = await office.signIn(office.people.support);
  expect(await failureOf(support.api.freeSpins.issue.mutate(wish()))).toMatchObject({ code: "NOT_ALLOWED" });
  const { status } = await office.casino.call("POST", "/v1/self-exclusion", {
    token: player.token,
    body: { days: 180 },
  });
  expect(status).toBe(200);
  expect(await failureOf(api.freeSpins.issue.mutate(wish()))).toMatchObject({ code: "SELF_EXCLUDED" });
});
