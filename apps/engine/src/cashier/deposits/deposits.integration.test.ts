/** Deposits by card, against a provider that is a process of its own, and does what providers do. */
import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import pg from "pg";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { findLedgerFaults } from "../../testing/check-ledger.ts";
import type { Answer } from "../../testing/start-casino.ts";
import { failureOf, type Office, startOffice } from "../../testing/start-office.ts";
import { signStripe } from "../psp/stripe/stripe-signature.ts";
import { type RunningPsps, runPsps } from "../simulators/run-psps.fixture.ts";

let office: Office;
let psps: RunningPsps;
const patience = { timeout: 30_000, interval: 40 };

beforeAll(async () => {
  office = await startOffice();
  psps = await runPsps(office.casino);
});
afterEach(async () => {
  await psps.misbehave({});
});
afterAll(async () => {
  await psps.stop();
  await office.close();
});

interface Wish {
  readonly playerId: string;
  readonly card?: string;
  readonly amount?: string;
  readonly currency?: string;
  readonly requestId?: string;
}

/** `card` is a kind of the simulated cards; each player has their own. */
function ask({ playerId, card = "visa", amount = "50.00", currency = "EUR", requestId = randomUUID() }: Wish) {
  return office.casino.call("POST", "/v1/deposits", {
    token: office.casino.operatorKey,
    body: { requestId, playerId, amount: { amount, currency }, method: "card", token: `pm_card_${card}_${playerId}` },
  });
}

async function deposit(depositId: unknown): Promise<Record<string, unknown>> {
  const answer = await office.casino.call("GET", `/v1/deposits/${String(depositId)}`, {
    token: office.casino.operatorKey,
  });
  return answer.body;
}

async function untilStatus(depositId: unknown, status: string): Promise<Record<string, unknown>> {
  return vi.waitFor(async () => {
    const now = await deposit(depositId);
    expect(now["status"]).toBe(status);
    return now;
  }, patience);
}

async function cashOf(playerId: string): Promise<string | undefined> {
  const { body } = await office.casino.call("GET", `/v1/wallet?playerId=${playerId}`, {
    token: office.casino.operatorKey,
  });
  const wallets = body["wallets"] as { kind: string; currency: string; available: string }[];
  return wallets.find(({ kind, currency }) => kind === "CASH" && currency === "EUR")?.available;
}

/** What the ledger posted for a deposit, by wallet. */
async function postingsOf(depositId: unknown): Promise<Record<string, string>> {
  const { api } = await office.signIn(office.people.finance);
  const shown = await api.deposit.show.query({ depositId: String(depositId) });
  const { postings } = await api.ledger.transaction.query({ transactionId: shown.transactionId ?? "" });
  return Object.fromEntries(postings.map(({ wallet, qualifier, available }) => [`${wallet} ${qualifier}`, available]));
}

/** As if the time had come to ask the provider again, and, where wished, to give the deposit up. */
async function makeDue(depositId: unknown, expired = false): Promise<void> {
  const { api } = await office.signIn(office.people.finance);
  const { requestId } = await api.deposit.show.query({ depositId: String(depositId) });
  // The engine's own role may not change when a deposit is given up.
  const owner = new pg.Client({ connectionString: office.casino.databaseUrl });
  await owner.connect();
  await owner.query(
    `UPDATE deposits SET follow_at = now(), expires_at = CASE WHEN $1 THEN now() ELSE expires_at END
      WHERE request_id = $2 AND follow_at IS NOT NULL`,
    [expired, requestId],
  );
  await owner.end();
}

async function webhooksDone(depositId: unknown, count: number): Promise<void> {
  const { api } = await office.signIn(office.people.finance);
  await vi.waitFor(async () => {
    const { rows } = await api.webhook.list.query({ depositId: String(depositId) });
    expect(rows.filter(({ state }) => state === "DONE").length).toBe(count);
  }, patience);
}

test("money that the provider takes is the player's, its fee the house's, and its webhook changes nothing more", async () => {
  const { playerId } = await office.casino.openPlayer();
  const answer = await ask({ playerId });
  expect(answer.status).toBe(200);
  expect(answer.body).toMatchObject({
    status: "CREDITED",
    credited: { amount: "50.00", currency: "EUR" },
    card: { brand: "visa", last4: "4242" },
  });
  expect(await cashOf(playerId)).toBe("50.00");
  await webhooksDone(answer.body["depositId"], 1);
  expect(await cashOf(playerId)).toBe("50.00");
  expect(await postingsOf(answer.body["depositId"])).toEqual({
    "CASH ": "50.00",
    "PSP_CLEARING stripe": "-49.00",
    "FEES stripe": "-1.00",
  });
});

test("a request that is sent twice, at once or later, is one deposit; with another amount it is refused", async () => {
  const { playerId } = await office.casino.openPlayer();
  const requestId = randomUUID();
  const both = await Promise.all([ask({ playerId, requestId }), ask({ playerId, requestId })]);
  const ids = new Set(both.map(({ body }) => body["depositId"]));
  expect(ids.size).toBe(1);
  await untilStatus([...ids][0], "CREDITED");
  expect((await ask({ playerId, requestId })).body).toMatchObject({ depositId: [...ids][0], status: "CREDITED" });
  const other = await ask({ playerId, requestId, amount: "51.00" });
  expect(other).toMatchObject({ status: 409, body: { code: "REQUEST_REUSED" } });
  expect(await cashOf(playerId)).toBe("50.00");
});

test("a declined card is told in the provider's words, and credits nothing", async () => {
  const { playerId } = await office.casino.openPlayer();
  const answer = await ask({ playerId, card: "declined" });
  expect(answer.body).toMatchObject({ status: "DECLINED", failure: { code: "insufficient_funds" }, credited: null });
  expect(await cashOf(playerId)).toBeUndefined();
  const { rows } = await office.casino.db.execute(
    sql`SELECT e->>'type' AS type, e->>'code' AS code, e->>'amount' AS amount
          FROM outbox, jsonb_array_elements(events) e WHERE e->>'depositId' = ${String(answer.body["depositId"])}
         ORDER BY batch`,
  );
  expect(rows).toEqual([
    { type: "deposit.initiated", code: null, amount: "50.00" },
    { type: "deposit.declined", code: "insufficient_funds", amount: "50.00" },
  ]);
});

test("a player who confirms at their bank is credited when the provider says so", async () => {
  const { playerId } = await office.casino.openPlayer();
  const answer = await ask({ playerId, card: "action" });
  expect(answer.body).toMatchObject({ status: "PENDING", nextAction: { type: "redirect" } });
  const { url } = answer.body["nextAction"] as { url: string };
  await fetch(url, { method: "POST", body: new URLSearchParams({ confirm: "yes" }) });
  expect(await untilStatus(answer.body["depositId"], "CREDITED")).toMatchObject({ nextAction: null });
  expect(await cashOf(playerId)).toBe("50.00");
});

test("of a partial capture the player gets what was taken", async () => {
  const { playerId } = await office.casino.openPlayer();
  const answer = await ask({ playerId, card: "partial" });
  expect(answer.body).toMatchObject({ status: "CREDITED", amount: { amount: "50.00" }, credited: { amount: "25.00" } });
  expect(await cashOf(playerId)).toBe("25.00");
});

test("an answer that is lost after the money was taken loses no money and takes none twice", async () => {
  const { playerId } = await office.casino.openPlayer();
  await psps.misbehave({ lostAnswer: 1, lostWebhook: 1 });
  const answer = await ask({ playerId });
  expect(answer.body).toMatchObject({ status: "INITIATED" });
  await psps.misbehave({});
  await makeDue(answer.body["depositId"]);
  await untilStatus(answer.body["depositId"], "CREDITED");
  expect(await cashOf(playerId)).toBe("50.00");
});

test("webhooks that come several times and late credit once", async () => {
  const { playerId } = await office.casino.openPlayer();
  await psps.misbehave({ lostAnswer: 1, repeat: 1, reorder: 1 });
  const answer = await ask({ playerId });
  await untilStatus(answer.body["depositId"], "CREDITED");
  const { api } = await office.signIn(office.people.finance);
  await vi.waitFor(async () => {
    const { rows } = await api.webhook.list.query({ depositId: String(answer.body["depositId"]) });
    expect(rows).toMatchObject([{ type: "payment_intent.succeeded", deliveries: 3, state: "DONE" }]);
  }, patience);
  expect(await cashOf(playerId)).toBe("50.00");
});

test("a deposit for which no money came is given up once the provider has cancelled it", async () => {
  const { playerId } = await office.casino.openPlayer();
  const answer = await ask({ playerId, card: "action" });
  await makeDue(answer.body["depositId"], true);
  expect(await untilStatus(answer.body["depositId"], "EXPIRED")).toMatchObject({ nextAction: null });
  const { url } = answer.body["nextAction"] as { url: string };
  await fetch(url, { method: "POST", body: new URLSearchParams({ confirm: "yes" }) });
  expect(await deposit(answer.body["depositId"])).toMatchObject({ status: "EXPIRED" });
});

test("while the provider does not answer nothing is given up, however late it is", async () => {
  const { playerId } = await office.casino.openPlayer();
  await psps.misbehave({ lostAnswer: 1, lostWebhook: 1 });
  const answer = await ask({ playerId });
  await psps.misbehave({ fail: 1 });
  await makeDue(answer.body["depositId"], true);
  const { api } = await office.signIn(office.people.finance);
  await vi.waitFor(async () => {
    const shown = await api.deposit.show.query({ depositId: String(answer.body["depositId"]) });
    expect(shown).toMatchObject({ state: "INITIATED", followed: 1 });
  }, patience);
  await psps.misbehave({});
  await makeDue(answer.body["depositId"], true);
  await untilStatus(answer.body["depositId"], "CREDITED");
  expect(await cashOf(playerId)).toBe("50.00");
});

test("what the house does not allow is refused before the provider is asked, and the refusal is kept with its inputs", async () => {
  const { playerId } = await office.casino.openPlayer();
  const refusals: readonly [Partial<Wish>, string][] = [
    [{ amount: "4.99" }, "DEPOSIT_BELOW_MIN"],
    [{ amount: "20000.01" }, "DEPOSIT_ABOVE_MAX"],
    [{ currency: "KWD", amount: "10.000" }, "METHOD_UNAVAILABLE"],
    [{ card: "nothing" }, "INSTRUMENT_INVALID"],
  ];
  for (const [wish, code] of refusals) expect((await ask({ playerId, ...wish })).body["code"]).toBe(code);
  const { rows } = await office.casino.db.execute(
    sql`SELECT rule, code, inputs FROM denials WHERE command = 'deposit' ORDER BY id`,
  );
  expect(rows.slice(0, 2)).toMatchObject([
    { rule: "deposit.amount-range", code: "DEPOSIT_BELOW_MIN", inputs: { amount: "4.99", min: "5.00" } },
    { rule: "deposit.amount-range", code: "DEPOSIT_ABOVE_MAX" },
  ]);
});

test("a card that another player brought is refused, and so is whoever tries too often", async () => {
  const [first, second] = [await office.casino.openPlayer(), await office.casino.openPlayer()];
  const body = (playerId: string) => ({
    requestId: randomUUID(),
    playerId,
    amount: { amount: "10.00", currency: "EUR" },
    method: "card",
    token: "pm_card_visa",
  });
  const send = (playerId: string): Promise<Answer> =>
    office.casino.call("POST", "/v1/deposits", { token: office.casino.operatorKey, body: body(playerId) });
  expect((await send(first.playerId)).body["status"]).toBe("CREDITED");
  expect((await send(second.playerId)).body["code"]).toBe("INSTRUMENT_NOT_OWN");
  // Also those that are asked for in the same instant are counted.
  const many = await Promise.all(Array.from({ length: 12 }, () => ask({ playerId: first.playerId, card: "declined" })));
  expect(many.filter(({ body }) => body["code"] === "DEPOSIT_TOO_OFTEN")).toHaveLength(3);
});

test("a player sees their own deposits alone", async () => {
  const [mine, other] = [await office.casino.openPlayer(), await office.casino.openPlayer()];
  const { depositId } = (await ask({ playerId: mine.playerId })).body;
  const path = `/v1/deposits/${String(depositId)}`;
  expect((await office.casino.call("GET", path, { token: mine.token })).status).toBe(200);
  expect((await office.casino.call("GET", path, { token: other.token })).body["code"]).toBe("DEPOSIT_NOT_FOUND");
  const list = await office.casino.call("GET", "/v1/deposits", { token: mine.token });
  expect(list.body["deposits"]).toMatchObject([{ depositId, playerId: mine.playerId }]);
});

test("a webhook with another's signature, an old one or a changed body is refused, and kept as forged", async () => {
  const body = JSON.stringify({
    id: "evt_forged",
    object: "event",
    type: "payment_intent.succeeded",
    data: { object: {} },
  });
  const now = Math.floor(Date.now() / 1_000);
  expect(await psps.sendWebhook(body, (bytes) => signStripe(bytes, "whsec_of_somebody_else", now))).toBe(401);
  expect(await psps.sendWebhook(body, (bytes, secret) => signStripe(bytes, secret, now - 301))).toBe(401);
  expect(await psps.sendWebhook(body, (_bytes, secret) => signStripe(Buffer.from(`${body} `), secret, now))).toBe(401);
  const { api } = await office.signIn(office.people.finance);
  const { rows } = await api.webhook.list.query({ state: "FORGED" });
  expect(rows.map(({ outcome }) => outcome)).toEqual([
    "No signature matches.",
    "The signature is too old.",
    "No signature matches.",
  ]);
});

test("what can't be understood or does not fit becomes a dead letter, which staff can have processed again", async () => {
  const { playerId } = await office.casino.openPlayer();
  await psps.misbehave({ lostAnswer: 1, lostWebhook: 1 });
  const { depositId } = (await ask({ playerId })).body;
  const event = (id: string, more: object) =>
    JSON.stringify({
      id,
      object: "event",
      type: "payment_intent.succeeded",
      data: {
        object: {
          id: `pi_${id}`,
          object: "payment_intent",
          status: "succeeded",
          amount: 5_000,
          amount_received: 5_000,
          currency: "eur",
          metadata: { deposit_id: depositId },
          ...more,
        },
      },
    });
  await psps.sendWebhook(event("evt_more", { amount_received: 9_000 }));
  await psps.sendWebhook(event("evt_currency", { currency: "usd" }));
  await psps.sendWebhook(event("evt_whose", { metadata: { deposit_id: "dep_zzz" } }));
  const { api } = await office.signIn(office.people.finance);
  const dead = await vi.waitFor(async () => {
    const { rows } = await api.webhook.list.query({ state: "DEAD" });
    expect(rows.map(({ eventId }) => eventId)).toEqual(["evt_whose", "evt_currency", "evt_more"]);
    return rows;
  }, patience);
  expect(dead.map(({ outcome }) => outcome?.split(".")[0])).toEqual([
    "There is no deposit dep_zzz with this provider",
    "PAYMENT_MISMATCH: It was asked for in EUR, and is in USD",
    "PAYMENT_MISMATCH: 50",
  ]);
  expect(await cashOf(playerId)).toBeUndefined();

  const [letter] = dead;
  const targets = [letter?.webhookId ?? ""];
  const plan = await api.plan.webhookReplay.show.query({ targets, params: {} });
  expect(plan.count).toBe(1);
  const items = plan.items.map(({ id, hash }) => ({ id, hash }));
  const applied = await api.plan.webhookReplay.carryOut.mutate({
    plan: plan.hash,
    items,
    params: {},
    reason: "The provider says that it is ours",
  });
  expect(applied.items).toMatchObject([{ done: true }]);
  const audited = await (await office.signIn(office.people.auditor)).api.audit.list.query({ action: "webhook.replay" });
  expect(audited.rows).toMatchObject([
    { subject: { id: letter?.webhookId }, reason: "The provider says that it is ours" },
  ]);
  const support = await office.signIn(office.people.support);
  expect(await failureOf(support.api.webhook.list.query({}))).toMatchObject({ code: "NOT_ALLOWED" });
});

test("an engine that dies while money is on its way finds it again", async () => {
  const { playerId } = await office.casino.openPlayer();
  const answer = await ask({ playerId, card: "slow" });
  expect(answer.body).toMatchObject({ status: "PENDING" });
  await psps.misbehave({ lostWebhook: 1 });
  await office.casino.restart();
  const { pspReference } = await (await office.signIn(office.people.finance)).api.deposit.show.query({
    depositId: String(answer.body["depositId"]),
  });
  expect(pspReference).toMatch(/^pi_/);
  await vi.waitFor(async () => {
    await makeDue(answer.body["depositId"]);
    expect((await deposit(answer.body["depositId"]))["status"]).toBe("CREDITED");
  }, patience);
  expect(await cashOf(playerId)).toBe("50.00");
});

test("the ledger holds after all of it", async () => {
  expect(await findLedgerFaults(office.casino.db)).toEqual([]);
});
