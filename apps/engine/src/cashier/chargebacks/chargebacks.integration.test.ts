/** A deposit that is taken back, with each provider: money, player, evidence and the end, in whatever order it is told. */
import { randomUUID } from "node:crypto";
import { parseId } from "@pitboss/domain/kernel/public-id";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { findLedgerFaults } from "../../testing/check-ledger.ts";
import { failureOf, type Office, startOffice } from "../../testing/start-office.ts";
import { type RunningPsps, runPsps } from "../simulators/run-psps.fixture.ts";

let office: Office;
let psps: RunningPsps;
const patience = { timeout: 30_000, interval: 40 };
const pdf = Buffer.from("%PDF-1.7\n% the player's own confirmation\n").toString("base64");
const reason = "As the rota of chargebacks says";

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

async function finance() {
  return (await office.signIn(office.people.finance)).api;
}

async function cashOf(playerId: string): Promise<string | undefined> {
  const { body } = await office.casino.call("GET", `/v1/wallet?playerId=${playerId}`, {
    token: office.casino.operatorKey,
  });
  const wallets = body["wallets"] as { kind: string; currency: string; available: string }[];
  return wallets.find(({ kind, currency }) => kind === "CASH" && currency === "EUR")?.available;
}

async function pay(prefix: string): Promise<{ playerId: string; depositId: string }> {
  const { playerId } = await office.casino.openPlayer();
  const { body } = await office.casino.call("POST", "/v1/deposits", {
    token: office.casino.operatorKey,
    body: {
      requestId: randomUUID(),
      playerId,
      amount: { amount: "50.00", currency: "EUR" },
      method: "card",
      token: `${prefix}_visa_${playerId}`,
    },
  });
  const depositId = String(body["depositId"]);
  const api = await finance();
  await vi.waitFor(async () => {
    expect((await api.deposit.show.query({ depositId })).state).toBe("CREDITED");
  }, patience);
  return { playerId, depositId };
}

async function simulator(code: string, path: string, body: object): Promise<{ id: string }> {
  const answer = await fetch(`${psps.settings.get(code)?.url}/_simulator/disputes${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  expect(answer.status).toBe(200);
  return (await answer.json()) as { id: string };
}

async function untilChargeback(playerId: string, state: string) {
  const api = await finance();
  return vi.waitFor(async () => {
    const { rows } = await api.chargeback.list.query({ playerId });
    expect(rows).toMatchObject([{ state }]);
    return api.chargeback.show.query({ chargebackId: rows[0]?.chargebackId ?? "" });
  }, patience);
}

describe.each([
  ["stripe", "pm_card"],
  ["adyen", "rec"],
  ["checkout", "src"],
])("%s", (code, prefix) => {
  test("evidence wins it: the money goes when it opens, and comes back", async () => {
    await psps.misbehave({ repeat: 1 }, code);
    const { playerId, depositId } = await pay(prefix);
    await simulator(code, "", { depositId });
    const opened = await untilChargeback(playerId, "OPENED");
    expect(opened).toMatchObject({ psp: code, amount: "50.00", lost: "0.00", reasonCode: "10.4", depositId });
    expect(Date.parse(opened.dueAt ?? "")).toBeGreaterThan(Date.now());
    expect(await cashOf(playerId)).toBe("0.00");
    const api = await finance();
    expect((await api.deposit.show.query({ depositId })).state).toBe("DISPUTED");
    expect((await api.player.show.query({ playerId })).status).toBe("BLOCKED");

    const { chargebackId } = opened;
    const statement = "The cardholder has played here since March, from the device of the payment.";
    expect(await failureOf(api.chargeback.submit.mutate({ chargebackId, statement, reason }))).toMatchObject({
      code: "EVIDENCE_MISSING",
    });
    const file = { chargebackId, name: "confirmation.pdf", mediaType: "application/pdf" as const };
    const { sha256 } = await api.chargeback.addEvidence.mutate({ ...file, content: pdf });
    expect(await failureOf(api.chargeback.addEvidence.mutate({ ...file, content: pdf }))).toMatchObject({
      code: "NOTHING_CHANGES",
    });
    const fake = Buffer.from("MZ no pdf").toString("base64");
    expect(await failureOf(api.chargeback.addEvidence.mutate({ ...file, content: fake }))).toMatchObject({
      code: "EVIDENCE_INVALID",
    });
    expect((await api.chargeback.readEvidence.query({ chargebackId, sha256 })).content).toBe(pdf);
    await api.chargeback.submit.mutate({ chargebackId, statement, reason });
    const won = await untilChargeback(playerId, "WON");
    expect(won.steps.map(({ to }) => to)).toEqual(["OPENED", "SUBMITTED", "WON"]);
    expect(won.reversalId).not.toBeNull();
    expect(await cashOf(playerId)).toBe("50.00");
    expect((await api.deposit.show.query({ depositId })).state).toBe("WON");
  });

  test("what the player has spent is the house's loss, and no balance goes below zero", async () => {
    const { playerId, depositId } = await pay(prefix);
    await office.casino.move({
      type: "FEE",
      playerId: parseId("player", playerId) ?? 0n,
      currency: "EUR",
      amount: 3_000n,
    });
    await simulator(code, "", { depositId });
    const opened = await untilChargeback(playerId, "OPENED");
    expect(opened).toMatchObject({ amount: "50.00", lost: "30.00" });
    expect(await cashOf(playerId)).toBe("0.00");
    const api = await finance();
    await api.chargeback.accept.mutate({ chargebackId: opened.chargebackId, reason });
    const lost = await untilChargeback(playerId, "LOST");
    expect(lost.steps.map(({ to }) => to)).toEqual(["OPENED", "ACCEPTED", "LOST"]);
    expect(lost.reversalId).toBeNull();
    expect(await failureOf(api.chargeback.accept.mutate({ chargebackId: opened.chargebackId, reason }))).toMatchObject({
      code: "CHARGEBACK_NOT_OPEN",
    });
    expect((await api.deposit.show.query({ depositId })).state).toBe("LOST");
  });
});

test("an end that is told before its beginning waits for it", async () => {
  await psps.misbehave({ webhookDelayMs: 0, reorder: 0 });
  const { playerId, depositId } = await pay("pm_card");
  await psps.misbehave({ webhookDelayMs: 1_500 });
  const { id } = await simulator("stripe", "", { depositId });
  await psps.misbehave({});
  await simulator("stripe", `/${id}/close`, { won: true });
  const won = await untilChargeback(playerId, "WON");
  expect(won.steps.map(({ to }) => to)).toEqual(["OPENED", "WON"]);
  expect(await cashOf(playerId)).toBe("50.00");
});

test("who may not answer sees it and no more, and the lock stands in the audit log with the rule's numbers", async () => {
  const { playerId, depositId } = await pay("pm_card");
  await simulator("stripe", "", { depositId });
  const { chargebackId } = await untilChargeback(playerId, "OPENED");
  const { api } = await office.signIn(office.people.support);
  expect((await api.chargeback.show.query({ chargebackId })).state).toBe("OPENED");
  expect(await failureOf(api.chargeback.accept.mutate({ chargebackId, reason }))).toMatchObject({
    code: "NOT_ALLOWED",
  });
  const { api: auditor } = await office.signIn(office.people.auditor);
  await vi.waitFor(async () => {
    const { rows } = await auditor.audit.list.query({ action: "player.lock" });
    expect(rows.find(({ subject }) => subject.id === playerId)?.reason).toMatch(/1 chargebacks within 365 days/);
  }, patience);
});

test("the ledger holds after all of it", async () => {
  expect(await findLedgerFaults(office.casino.db)).toEqual([]);
});
