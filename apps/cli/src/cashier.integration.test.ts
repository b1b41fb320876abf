/** Deposits and dead letters from a terminal, against a provider that is a process of its own. */
import { randomUUID } from "node:crypto";
import { createPayoutHouse } from "@pitboss/engine/cashier/payouts/payouts.fixture";
import { type RunningPsps, runPsps } from "@pitboss/engine/cashier/simulators/run-psps.fixture";
import { type Office, startOffice } from "@pitboss/engine/testing/start-office";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildTools, type Cli, type CliTools, dataOf, signIn } from "./run-cli.fixture.ts";

let office: Office;
let tools: CliTools;
let psps: RunningPsps;
let finance: Cli;

beforeAll(async () => {
  [office, tools] = await Promise.all([startOffice(), buildTools()]);
  psps = await runPsps(office.casino);
  finance = await tools.newMachine(office.casino.url());
  await signIn(office, finance, office.people.finance);
});
afterAll(async () => {
  tools.remove();
  await psps.stop();
  await office.close();
});

interface Rows {
  readonly rows: readonly Record<string, unknown>[];
}

async function deposit(card: string): Promise<{ readonly playerId: string; readonly depositId: string }> {
  const { playerId } = await office.casino.openPlayer();
  const { body } = await office.casino.call("POST", "/v1/deposits", {
    token: office.casino.operatorKey,
    body: {
      requestId: randomUUID(),
      playerId,
      amount: { amount: "25.00", currency: "EUR" },
      method: "card",
      token: `pm_card_${card}_${playerId}`,
    },
  });
  return { playerId, depositId: String(body["depositId"]) };
}

test("a deposit is shown with its checks and steps, and listed by player and state", async () => {
  const { playerId, depositId } = await deposit("declined");
  const shown = await finance.run("deposit", "show", depositId);
  expect(shown.code).toBe(0);
  for (const text of ["DECLINED", "insufficient_funds", "25.00 EUR", "amount-range v1"]) {
    expect(shown.stdout).toContain(text);
  }
  const listed = dataOf<Rows>(
    await finance.run("deposit", "list", "--player", playerId, "--state", "DECLINED", "--json"),
  );
  expect(listed.rows).toMatchObject([{ depositId, amount: "25.00", currency: "EUR", failure: "insufficient_funds" }]);
  expect((await finance.run("deposit", "show", "dep_zzz")).code).toBe(1);
});

test("a dead letter is listed, shown as it came, and processed again by plan; one that is done is left out", async () => {
  const { depositId } = await deposit("visa");
  const event = { id: "evt_refund", object: "event", type: "charge.refunded", data: { object: { id: "ch_1" } } };
  expect(await psps.sendWebhook(JSON.stringify(event))).toBe(200);
  const dead = async (): Promise<Rows["rows"]> =>
    dataOf<Rows>(await finance.run("webhook", "list", "--state", "DEAD", "--json")).rows;
  await expect.poll(dead, { timeout: 30_000 }).toMatchObject([{ eventId: "evt_refund", attempts: 1 }]);
  const [letter] = await dead();
  const webhookId = String(letter?.["webhookId"]);
  expect((await finance.run("webhook", "show", webhookId)).stdout).toContain('"type":"charge.refunded"');

  const replay = await finance.run("webhook", "replay", webhookId, "--reason", "ticket 4711", "--yes", "--json");
  expect(replay.code).toBe(0);
  await expect.poll(dead, { timeout: 30_000 }).toMatchObject([{ eventId: "evt_refund", attempts: 1 }]);

  const done = async (): Promise<Rows["rows"]> =>
    dataOf<Rows>(await finance.run("webhook", "list", "--deposit", depositId, "--state", "DONE", "--json")).rows;
  await expect.poll(done, { timeout: 30_000 }).toHaveLength(1);
  const [settled] = await done();
  const again = ["webhook", "replay", String(settled?.["webhookId"]), "--reason", "ticket 4711", "--yes"];
  const refused = await finance.run(...again);
  expect(refused.code).toBe(0);
  expect(refused.stdout + refused.stderr).toContain("It is DONE.");
});

test("a payout is listed in the queue, shown, approved by two people by plan, and refused for one alone", async () => {
  const house = createPayoutHouse(office);
  const asked = await house.ask({ ...(await house.fund({ deposit: "10000.00" })), amount: "6000.00" });
  const payoutId = String(asked.body["payoutId"]);
  expect(dataOf<Rows>(await finance.run("payout", "list", "--queue", "--json")).rows).toMatchObject([
    { payoutId, state: "IN_REVIEW", people: 2 },
  ]);
  const shown = await finance.run("payout", "show", payoutId);
  for (const text of ["IN_REVIEW", "6000.00 EUR", "closed-loop v1", "Content hash"])
    expect(shown.stdout).toContain(text);

  const approve = ["payout", "approve", payoutId, "--reason", "papers agree", "--yes", "--json"];
  expect((await finance.run(...approve)).code).toBe(0);
  const alone = await finance.run(...approve);
  expect(alone.stdout + alone.stderr).toContain("Nobody is the second person for their own proposal.");
  expect(dataOf<Record<string, unknown>>(await finance.run("payout", "show", payoutId, "--json"))["state"]).toBe(
    "FIRST_APPROVED",
  );
  const second = await tools.newMachine(office.casino.url());
  await signIn(office, second, office.people.finance2);
  expect((await second.run(...approve)).code).toBe(0);
  const state = async () =>
    dataOf<Record<string, unknown>>(await second.run("payout", "show", payoutId, "--json"))["state"];
  await expect.poll(state, { timeout: 30_000 }).toBe("PAID");
  const query = await second.run("payout", "query", payoutId, "--reason", "the player is asking", "--yes", "--json");
  expect(query.code).toBe(0);
  const resubmit = await second.run("payout", "resubmit", payoutId, "--reason", "to be sure", "--yes", "--json");
  expect(resubmit.stdout + resubmit.stderr).toContain("It is PAID.");
});

test("providers are listed and shown; one is paused by plan, gets nothing new, and is resumed", async () => {
  await deposit("visa");
  const listed = dataOf<readonly Record<string, unknown>[]>(await finance.run("psp", "list", "--json"));
  expect(listed.map(({ psp, paused, breaker }) => [psp, paused, breaker])).toEqual([
    ["stripe", false, "CLOSED"],
    ["adyen", false, "CLOSED"],
    ["checkout", false, "CLOSED"],
  ]);
  const paused = await finance.run("psp", "pause", "stripe", "--reason", "ticket 4711", "--yes", "--json");
  expect(paused.code).toBe(0);
  const refused = await office.casino.call("POST", "/v1/deposits", {
    token: office.casino.operatorKey,
    body: {
      requestId: randomUUID(),
      playerId: (await office.casino.openPlayer()).playerId,
      amount: { amount: "25.00", currency: "EUR" },
      method: "card",
      token: "pm_card_visa_paused",
    },
  });
  expect(refused.body).toMatchObject({ code: "PSP_UNAVAILABLE" });
  expect((await finance.run("psp", "show", "stripe")).stdout).toContain("PAUSED");
  expect((await finance.run("psp", "resume", "stripe", "--reason", "ticket 4711", "--yes")).code).toBe(0);
  expect((await deposit("visa")).depositId).toMatch(/^dep_/);
  expect((await finance.run("psp", "show", "nobody")).code).toBe(1);
});

test("a deposit that is taken back is listed and shown as a chargeback", async () => {
  const { playerId, depositId } = await deposit("disputed");
  const rows = async (): Promise<Rows["rows"]> =>
    dataOf<Rows>(await finance.run("chargeback", "list", "--player", playerId, "--state", "OPENED", "--json")).rows;
  await expect.poll(rows, { timeout: 30_000 }).toMatchObject([{ depositId, amount: "25.00", lost: "0.00" }]);
  const [opened] = await rows();
  const shown = await finance.run("chargeback", "show", String(opened?.["chargebackId"]));
  expect(shown.code).toBe(0);
  for (const text of ["OPENED", "25.00 EUR", "fraudulent (10.4)", depositId, "psp:stripe"]) {
    expect(shown.stdout).toContain(text);
  }
  expect((await finance.run("chargeback", "show", "cb_zzz")).code).toBe(1);
});

test("the cashier's rules are listed and shown, and another value is proposed by plan", async () => {
  const listed = await finance.run("cashier-rules", "list", "--family", "deposit");
  expect(listed.code).toBe(0);
  expect(listed.stdout).toMatch(/deposit +card EUR +1 .*current/);
  expect((await finance.run("cashier-rules", "show", "payout", "EUR")).stdout).toMatch(/twoFrom +5000\.00/);
  expect((await finance.run("cashier-rules", "show", "payout", "XXX")).code).toBe(3);
  const change = ["cashier-rules", "propose", "payout", "EUR", "--reason", "as the committee decided"];
  const planned = await finance.run(...change, "--set", "twoFrom=4000", "--set", "mostADay=4", "--dry-run");
  expect(planned.stdout).toContain("4000.00");
  const proposed = await finance.run(...change, "--set", "twoFrom=4000", "--yes", "--json");
  expect(proposed.code).toBe(0);
  expect(proposed.stdout).toMatch(/ap_[0-9a-z]+/);
  expect((await finance.run("cashier-rules", "show", "payout", "EUR")).stdout).toMatch(/twoFrom +5000\.00/);
  const wrong = await finance.run(...change, "--set", "twoFrom=1", "--yes");
  expect(wrong.code).not.toBe(0);
  expect(wrong.stderr + wrong.stdout).toContain("twoFrom is at least autoBelow");
  expect((await finance.run(...change, "--set", "twoFrom", "--yes")).code).toBe(2);
});

test("treasury shows every place of money with what it owes to players", async () => {
  await deposit("visa");
  const { code, stdout } = await finance.run("treasury");
  expect(code).toBe(0);
  expect(stdout).toMatch(/psp +stripe +EUR +\d+\.\d\d/);
  const told = dataOf<{ currencies: { currency: string; verdict: string }[] }>(await finance.run("treasury", "--json"));
  expect(told.currencies.map(({ currency }) => currency)).toContain("EUR");
});
