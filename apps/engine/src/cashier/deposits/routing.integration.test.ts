/** Deposits among several providers: by which rule, past one that is away, and never charged twice. */
import { randomUUID } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findFreePort } from "@pitboss/db/embedded/free-port";
import { breakerSettings } from "@pitboss/domain/cashier/psp-breaker";
import pg from "pg";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { findLedgerFaults } from "../../testing/check-ledger.ts";
import { failureOf, type Office, startOffice } from "../../testing/start-office.ts";
import { pspFile } from "../psp/read-psps.ts";
import { type RunningPsps, runPsps } from "../simulators/run-psps.fixture.ts";

let office: Office;
let psps: RunningPsps;
const patience = { timeout: 30_000, interval: 40 };
const reason = "As the rota of providers says";

beforeAll(async () => {
  office = await startOffice();
  psps = await runPsps(office.casino);
});
afterEach(async () => {
  for (const code of psps.settings.keys()) await psps.misbehave({}, code);
});
afterAll(async () => {
  await psps.stop();
  await office.close();
});

async function ask(playerId: string, { kind = "visa", amount = "50.00", tokens = ["pm_card", "rec", "src"] } = {}) {
  const [token, ...moreTokens] = tokens.map((prefix) => `${prefix}_${kind}_${playerId}`);
  return office.casino.call("POST", "/v1/deposits", {
    token: office.casino.operatorKey,
    body: {
      requestId: randomUUID(),
      playerId,
      amount: { amount, currency: "EUR" },
      method: "card",
      token,
      moreTokens,
    },
  });
}

async function show(depositId: unknown) {
  const { api } = await office.signIn(office.people.finance);
  return api.deposit.show.query({ depositId: String(depositId) });
}

async function untilCredited(depositId: unknown) {
  return vi.waitFor(async () => {
    const shown = await show(depositId);
    expect(shown.state).toBe("CREDITED");
    return shown;
  }, patience);
}

/** The engine anew, with another address for a provider. */
async function moveTo(code: string, url: string): Promise<void> {
  const file = join(office.casino.dataDir, "psps.json");
  const { psps: all } = pspFile.parse(JSON.parse(readFileSync(file, "utf8")));
  writeFileSync(file, JSON.stringify({ psps: all.map((one) => (one.code === code ? { ...one, url } : one)) }));
  await office.casino.restart();
}

test("a rule decides by country, currency and amount; it is changed with a reason, audited, and retired", async () => {
  const { api } = await office.signIn(office.people.operations);
  await api.routing.set.mutate({
    name: "large-to-adyen",
    priority: 10,
    currency: "EUR",
    minAmount: "100.00",
    psps: ["adyen", "stripe"],
    reason,
  });
  const { playerId } = await office.casino.openPlayer();
  const small = await untilCredited((await ask(playerId)).body["depositId"]);
  const large = await untilCredited((await ask(playerId, { amount: "100.00" })).body["depositId"]);
  expect([small.psp, large.psp]).toEqual(["stripe", "adyen"]);
  expect(large.attempts).toMatchObject([
    { psp: "adyen", rule: "large-to-adyen", outcome: "SENT", sends: 1 },
    { psp: "stripe", rule: "large-to-adyen", outcome: "PLANNED", sends: 0 },
  ]);
  await api.routing.retire.mutate({ name: "large-to-adyen", reason });
  expect((await api.routing.list.query()).rules).toEqual([]);
  const after = await untilCredited((await ask(playerId, { amount: "100.00" })).body["depositId"]);
  expect(after.psp).toBe("stripe");
  const { api: auditor } = await office.signIn(office.people.auditor);
  const { rows } = await auditor.audit.list.query({ action: "routing.set" });
  expect(rows).toMatchObject([{ reason, subject: { id: "large-to-adyen" } }]);
  expect(await failureOf(auditor.routing.retire.mutate({ name: "large-to-adyen", reason }))).toMatchObject({
    code: "NOT_ALLOWED",
  });
});

test("a rule that names what is not set up, or an amount without a currency, is not taken", async () => {
  const { api } = await office.signIn(office.people.operations);
  const rule = { name: "wrong", priority: 1, reason };
  expect(await failureOf(api.routing.set.mutate({ ...rule, psps: ["nobody"] }))).toMatchObject({
    code: "PSP_NOT_FOUND",
  });
  expect(await failureOf(api.routing.set.mutate({ ...rule, psps: ["adyen"], minAmount: "1.00" }))).toMatchObject({
    code: "REQUEST_INVALID",
  });
});

test("a paused provider gets nothing new until it is resumed", async () => {
  const { api } = await office.signIn(office.people.finance);
  await api.psp.pause.mutate({ psp: "stripe", reason });
  expect(await failureOf(api.psp.pause.mutate({ psp: "stripe", reason }))).toMatchObject({ code: "NOTHING_CHANGES" });
  const { playerId } = await office.casino.openPlayer();
  const shown = await untilCredited((await ask(playerId)).body["depositId"]);
  expect(shown.psp).toBe("adyen");
  expect((await ask(playerId, { tokens: ["pm_card"] })).body).toMatchObject({ code: "PSP_UNAVAILABLE" });
  await api.psp.resume.mutate({ psp: "stripe", reason });
  expect((await untilCredited((await ask(playerId)).body["depositId"])).psp).toBe("stripe");
});

test("tokens of two different cards are refused together", async () => {
  const { playerId } = await office.casino.openPlayer();
  const answer = await office.casino.call("POST", "/v1/deposits", {
    token: office.casino.operatorKey,
    body: {
      requestId: randomUUID(),
      playerId,
      amount: { amount: "50.00", currency: "EUR" },
      method: "card",
      token: `pm_card_visa_${playerId}`,
      moreTokens: [`src_mastercard_${playerId}`],
    },
  });
  expect(answer.body).toMatchObject({ code: "INSTRUMENT_INVALID" });
});

test("an answer that is lost is never followed by an order at another provider", async () => {
  await psps.misbehave({ lostAnswer: 1, webhookDelayMs: 600 });
  const { playerId } = await office.casino.openPlayer();
  const asked = await ask(playerId);
  expect(asked.body["status"]).toBe("INITIATED");
  const shown = await untilCredited(asked.body["depositId"]);
  expect(shown.psp).toBe("stripe");
  expect(shown.attempts.map(({ outcome }) => outcome)).toEqual(["SENT", "PLANNED", "PLANNED"]);
});

test("the database keeps a deposit that may have been taken with its provider, whoever asks", async () => {
  const { playerId } = await office.casino.openPlayer();
  await psps.misbehave({ lostAnswer: 1, webhookDelayMs: 600 });
  const { body } = await ask(playerId);
  const owner = new pg.Client({ connectionString: office.casino.databaseUrl });
  await owner.connect();
  const { requestId } = await show(body["depositId"]);
  const moving = owner.query(
    `UPDATE deposits d SET psp = a.psp, instrument_id = a.instrument_id FROM deposit_attempts a
      WHERE d.request_id = $1 AND a.deposit_id = d.id AND a.psp = 'adyen'`,
    [requestId],
  );
  await expect(moving).rejects.toThrow(/may have been taken/);
  await owner.end();
  await untilCredited(body["depositId"]);
});

test("a provider that can't be reached is passed over, its breaker opens, and it is back once tries go well", async () => {
  const home = psps.settings.get("stripe")?.url ?? "";
  await moveTo("stripe", `http://127.0.0.1:${await findFreePort()}`);
  const { api } = await office.signIn(office.people.finance);
  const { playerId } = await office.casino.openPlayer();
  for (let tries = 0; tries < breakerSettings.failuresInARow; tries += 1) {
    const shown = await untilCredited((await ask(playerId)).body["depositId"]);
    expect(shown.psp).toBe("adyen");
  }
  const rows = await vi.waitFor(async () => {
    const listed = await api.psp.list.query();
    expect(listed.find(({ psp }) => psp === "stripe")?.unsent).toBeGreaterThan(0);
    return listed;
  }, patience);
  expect(rows.map(({ psp, breaker }) => [psp, breaker])).toEqual([
    ["stripe", "OPEN"],
    ["adyen", "CLOSED"],
    ["checkout", "CLOSED"],
  ]);
  const { breakerSteps, minutes } = await api.psp.show.query({ psp: "stripe" });
  expect(breakerSteps[0]).toMatchObject({ from: "CLOSED", to: "OPEN" });
  expect(minutes.length).toBeGreaterThan(0);
  await moveTo("stripe", home);
  expect((await untilCredited((await ask(playerId)).body["depositId"])).psp).toBe("stripe");
});

test("an order that surely never left goes to the next provider, with a step that says so", async () => {
  const home = psps.settings.get("stripe")?.url ?? "";
  const dead = `http://127.0.0.1:${await findFreePort()}`;
  const { playerId } = await office.casino.openPlayer();
  const { body } = await ask(playerId, { kind: "action" });
  // A deposit that was written down, and whose request was cut off before its provider was asked.
  const owner = new pg.Client({ connectionString: office.casino.databaseUrl });
  await owner.connect();
  const { requestId } = await show(body["depositId"]);
  const copied = await owner.query<{ id: string }>(
    `WITH made AS (
       INSERT INTO deposits (player_id, instrument_id, request_key, body_hash, request_id, trace_id, psp, method, currency,
                             amount, checks, expires_at, follow_at)
       SELECT player_id, instrument_id, gen_random_uuid(), body_hash, $2, trace_id, psp, method, currency, amount, checks,
              now() + interval '30 minutes', now() + interval '1 hour' FROM deposits WHERE request_id = $1
       RETURNING id), step AS (
       INSERT INTO deposit_steps (deposit_id, number, event, to_state, source)
       SELECT id, 1, 'request', 'INITIATED', 'REQUEST' FROM made)
     INSERT INTO deposit_attempts (deposit_id, position, psp, instrument_id)
     SELECT made.id, a.position, a.psp, a.instrument_id
       FROM made, deposit_attempts a JOIN deposits d ON d.id = a.deposit_id WHERE d.request_id = $1
     RETURNING deposit_id AS id`,
    [requestId, `${requestId}-again`],
  );
  await moveTo("stripe", dead);
  await owner.query("UPDATE deposits SET follow_at = now() WHERE id = $1", [copied.rows[0]?.id]);
  await owner.end();
  const { api } = await office.signIn(office.people.finance);
  const moved = await vi.waitFor(async () => {
    const { rows } = await api.deposit.list.query({ playerId });
    const found = rows.find(({ depositId }) => depositId !== body["depositId"]);
    expect(found).toMatchObject({ psp: "adyen", state: "PENDING" });
    return show(found?.depositId);
  }, patience);
  expect(moved.attempts.map(({ psp, outcome, sends }) => [psp, outcome, sends])).toEqual([
    ["stripe", "UNSENT", 1],
    ["adyen", "SENT", 1],
    ["checkout", "PLANNED", 0],
  ]);
  expect(moved.steps.find(({ event }) => event === "reroute")).toMatchObject({
    details: { from: "stripe", to: "adyen", outcome: "UNSENT" },
  });
  await moveTo("stripe", home);
});

test("the ledger holds after all of it", async () => {
  expect(await findLedgerFaults(office.casino.db)).toEqual([]);
});
