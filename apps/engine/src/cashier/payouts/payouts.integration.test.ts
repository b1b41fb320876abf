/** Payouts from the request to the bank, against a provider that is a process of its own. */
import { randomUUID } from "node:crypto";
import { payoutMachine } from "@pitboss/domain/cashier/payout-machine";
import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { findLedgerFaults } from "../../testing/check-ledger.ts";
import { minor, numberOf } from "../../testing/start-casino.ts";
import { type Office, type SignedIn, startOffice } from "../../testing/start-office.ts";
import { type RunningPsps, runPsps } from "../simulators/run-psps.fixture.ts";
import { createPayoutHouse, patience, type PayoutHouse } from "./payouts.fixture.ts";

let office: Office;
let psps: RunningPsps;
let house: PayoutHouse;
let finance: SignedIn;

beforeAll(async () => {
  office = await startOffice();
  psps = await runPsps(office.casino);
  house = createPayoutHouse(office);
  await house.forgiveTurnover();
  finance = await office.signIn(office.people.finance);
});
afterEach(async () => {
  await psps.misbehave({});
});
afterAll(async () => {
  await psps.stop();
  await office.close();
});

async function eventsOf(payoutId: unknown): Promise<string[]> {
  const { rows } = await office.casino.db.execute<{ type: string }>(
    sql`SELECT e->>'type' AS type FROM outbox, jsonb_array_elements(events) e
         WHERE e->>'payoutId' = ${String(payoutId)} ORDER BY batch`,
  );
  return rows.map(({ type }) => type);
}

test("a small payout at a low risk leaves by itself, and is settled when the provider has paid it", async () => {
  const player = await house.fund();
  const asked = await house.ask(player);
  expect(asked.status).toBe(200);
  expect(["AUTO_APPROVED", "SUBMITTED"]).toContain(asked.body["status"]);
  const { payoutId } = asked.body;
  expect(await house.until(payoutId, "PAID")).toMatchObject({ message: "Your withdrawal was paid.", mayCancel: false });
  expect(await house.cash(player.playerId)).toEqual({ available: "60.00", held: "0.00" });
  expect(house.sentTo(payoutId)).toHaveLength(1);
  const shown = await finance.api.payout.show.query({ payoutId: String(payoutId) });
  expect(shown.steps.map(({ to }) => to)).toEqual([
    "REQUESTED",
    "CHECKING",
    "AUTO_APPROVED",
    "SUBMITTED",
    "SUBMITTED",
    "PAID",
  ]);
  const { postings } = await finance.api.ledger.transaction.query({
    transactionId: shown.transactions.settle ?? "",
  });
  expect(
    Object.fromEntries(postings.map((one) => [`${one.wallet} ${one.qualifier}`, [one.available, one.held]])),
  ).toEqual({
    "CASH ": ["0.00", "-40.00"],
    "PSP_CLEARING stripe": ["40.00", "0.00"],
  });
  expect(await eventsOf(payoutId)).toEqual(["payout.requested", "payout.approved", "payout.submitted", "payout.paid"]);
});

test("a request that is sent twice, at once or later, is one payout; with another amount it is refused", async () => {
  const player = await house.fund();
  const requestId = randomUUID();
  const both = await Promise.all([house.ask({ ...player, requestId }), house.ask({ ...player, requestId })]);
  const ids = new Set(both.map(({ body }) => body["payoutId"]));
  expect(ids.size).toBe(1);
  await house.until([...ids][0], "PAID");
  expect((await house.ask({ ...player, requestId })).body).toMatchObject({ payoutId: [...ids][0], status: "PAID" });
  const other = await house.ask({ ...player, requestId, amount: "41.00" });
  expect(other).toMatchObject({ status: 409, body: { code: "REQUEST_REUSED" } });
  expect(await house.cash(player.playerId)).toEqual({ available: "60.00", held: "0.00" });
});

test("two payouts at once don't both take the same money, nor the same room of the closed loop", async () => {
  const player = await house.fund();
  const both = await Promise.all([1, 2].map(() => house.ask({ ...player, amount: "70.00" })));
  expect(both.map(({ body }) => body["code"] ?? "taken").sort()).toEqual(["FUNDS_INSUFFICIENT", "taken"]);
});

test("what the house does not allow is refused before anything is held, and kept with rule and inputs", async () => {
  const player = await house.fund();
  expect((await house.ask({ ...player, amount: "9.99" })).body).toMatchObject({
    code: "PAYOUT_TOO_SMALL",
    data: { min: "10.00", currency: "EUR" },
  });
  expect((await house.ask({ ...player, amount: "50000.01" })).body["code"]).toBe("PAYOUT_TOO_LARGE");
  const other = await house.fund();
  expect((await house.ask({ ...player, instrumentId: other.instrumentId })).body["code"]).toBe("INSTRUMENT_NOT_FOUND");
  const { rows } = await office.casino.db.execute(
    sql`SELECT rule, rule_version, inputs FROM denials
         WHERE command = 'payout' AND player_id = ${numberOf(player.playerId)} ORDER BY id`,
  );
  expect(rows).toMatchObject([
    { rule: "payout.amount-range", rule_version: 1, inputs: { amount: "9.99", min: "10.00" } },
    { rule: "payout.amount-range" },
  ]);
  expect(await house.cash(player.playerId)).toEqual({ available: "100.00", held: "0.00" });
});

test("money goes back to where it came from first; what was won goes to a verified card once every source has its own", async () => {
  const player = await house.fund();
  const second = await office.casino.call("POST", "/v1/deposits", {
    token: office.casino.operatorKey,
    body: {
      requestId: randomUUID(),
      playerId: player.playerId,
      amount: { amount: "30.00", currency: "EUR" },
      method: "card",
      token: `pm_card_mastercard_${player.playerId}`,
    },
  });
  expect(second.body["status"]).toBe("CREDITED");
  const { body } = await office.casino.call("GET", "/v1/instruments", { token: player.token });
  const instruments = body["instruments"] as { instrumentId: string; returnable: unknown }[];
  expect(instruments.map(({ returnable }) => returnable)).toEqual([
    [{ amount: "30.00", currency: "EUR" }],
    [{ amount: "100.00", currency: "EUR" }],
  ]);
  const newest = instruments[0]?.instrumentId ?? "";
  expect((await house.ask({ ...player, instrumentId: newest, amount: "31.00" })).body).toMatchObject({
    code: "PAYOUT_NOT_TO_SOURCE",
    data: { mostHere: "30.00", first: player.instrumentId, mostThere: "100.00" },
  });
  const back = await house.ask({ ...player, instrumentId: newest, amount: "30.00" });
  await house.until(back.body["payoutId"], "PAID");
  await office.casino.move({
    type: "ADJUSTMENT",
    playerId: numberOf(player.playerId),
    currency: "EUR",
    amount: minor("50.00", "EUR"),
    direction: "INTO_PLAYER",
    category: "GOODWILL",
    reason: "as if it was won",
  });
  const all = await house.ask({ ...player, amount: "150.00" });
  await house.until(all.body["payoutId"], "PAID");
  expect(await house.cash(player.playerId)).toEqual({ available: "0.00", held: "0.00" });
});

test("winnings go to a card that no deposit came from once staff has verified it, and no more once that is taken back", async () => {
  const player = await house.fund();
  const bring = (token: string) =>
    office.casino.call("POST", "/v1/instruments", {
      token: player.token,
      body: { playerId: player.playerId, method: "card", token },
    });
  const brought = await bring(`pm_card_mastercard_new_${player.playerId}`);
  expect(brought.body).toMatchObject({ verified: false, returnable: [] });
  const instrumentId = String(brought.body["instrumentId"]);
  expect((await bring("pm_card_nothing")).body["code"]).toBe("INSTRUMENT_INVALID");
  await house.until((await house.ask({ ...player, amount: "100.00" })).body["payoutId"], "PAID");
  await office.casino.move({
    type: "ADJUSTMENT",
    playerId: numberOf(player.playerId),
    currency: "EUR",
    amount: minor("90.00", "EUR"),
    direction: "INTO_PLAYER",
    category: "GOODWILL",
    reason: "as if it was won",
  });
  const ask = () => house.ask({ ...player, instrumentId, amount: "45.00" });
  expect((await ask()).body["code"]).toBe("INSTRUMENT_NOT_VERIFIED");
  const verify = (verified: boolean) =>
    finance.api.instrument.verify.mutate({ instrumentId, verified, reason: "The statement shows their name" });
  await verify(true);
  await house.until((await ask()).body["payoutId"], "PAID");
  await verify(false);
  expect((await ask()).body["code"]).toBe("INSTRUMENT_NOT_VERIFIED");
});

test("a bonus that is being wagered is lost only once the player has said yes to that", async () => {
  const player = await house.fund();
  await office.casino.move({
    type: "BONUS_GRANT",
    playerId: numberOf(player.playerId),
    currency: "EUR",
    amount: minor("25.00", "EUR"),
    grant: "welcome-1",
    fundingPolicy: "CASH_FIRST",
  });
  expect((await house.ask(player)).body).toMatchObject({ code: "PAYOUT_FORFEITS_BONUS", data: { bonus: "25.00" } });
  const asked = await house.ask({ ...player, forfeitBonus: true });
  await house.until(asked.body["payoutId"], "PAID");
  const { body } = await office.casino.call("GET", "/v1/wallet", { token: player.token });
  const wallets = body["wallets"] as { kind: string; available: string }[];
  expect(wallets.filter(({ kind }) => kind === "BONUS").map(({ available }) => available)).toEqual(["0.00"]);
});

test("a player takes a payout back while it waits, but not in the United Kingdom, and not once it is sent", async () => {
  const player = await house.fund({ deposit: "1000.00" });
  const waiting = await house.ask({ ...player, amount: "600.00" });
  expect(waiting.body).toMatchObject({ status: "IN_REVIEW", mayCancel: true });
  expect(await house.cash(player.playerId)).toEqual({ available: "400.00", held: "600.00" });
  const cancel = (id: unknown, token: string) =>
    office.casino.call("POST", `/v1/payouts/${String(id)}/cancel`, { token });
  const twice = await Promise.all([1, 2].map(() => cancel(waiting.body["payoutId"], player.token)));
  expect(twice.map(({ body }) => body["status"])).toEqual(["CANCELLED", "CANCELLED"]);
  expect(await house.cash(player.playerId)).toEqual({ available: "1000.00", held: "0.00" });
  expect(await eventsOf(waiting.body["payoutId"])).toEqual(["payout.requested", "payout.rejected"]);

  const briton = await house.fund({ deposit: "1000.00", country: "GB" });
  const held = await house.ask({ ...briton, amount: "600.00" });
  expect(held.body).toMatchObject({ status: "IN_REVIEW", mayCancel: false });
  expect((await cancel(held.body["payoutId"], briton.token)).body["code"]).toBe("PAYOUT_NOT_CANCELLABLE");
  expect((await cancel(held.body["payoutId"], player.token)).body["code"]).toBe("PAYOUT_NOT_FOUND");

  await psps.misbehave({ answerDelayMs: 1_500 });
  const sent = await house.ask({ ...player, amount: "20.00" });
  await house.until(sent.body["payoutId"], "SUBMITTED");
  expect((await cancel(sent.body["payoutId"], player.token)).body["code"]).toBe("PAYOUT_NOT_OPEN");
  await psps.misbehave({});
  await house.until(sent.body["payoutId"], "PAID");
});

test("an answer that is lost after the provider took the order is found by asking, and paid once", async () => {
  const player = await house.fund();
  await psps.misbehave({ lostAnswer: 1, lostWebhook: 1 });
  const asked = await house.ask(player);
  const { payoutId } = asked.body;
  await house.until(payoutId, "UNKNOWN");
  expect(await house.cash(player.playerId)).toEqual({ available: "60.00", held: "40.00" });
  await psps.misbehave({ lostWebhook: 1 });
  await house.owner("UPDATE payouts SET work_at = now() WHERE state = 'UNKNOWN'");
  await house.until(payoutId, "PAID");
  expect(house.sentTo(payoutId)).toHaveLength(1);
  const shown = await finance.api.payout.show.query({ payoutId: String(payoutId) });
  expect(shown.sends).toMatchObject([{ number: 1, outcome: "UNANSWERED" }]);
});

test("one that never arrived is not sent again before its provider had time to learn of it, and then once", async () => {
  const player = await house.fund();
  await psps.misbehave({ fail: 1 });
  const { payoutId } = (await house.ask(player)).body;
  await house.until(payoutId, "UNKNOWN");
  await psps.misbehave({});
  await house.owner("UPDATE payouts SET work_at = now() WHERE state = 'UNKNOWN'");
  await vi.waitFor(async () => {
    const { rows } = await house.owner("SELECT worked FROM payouts WHERE state = 'UNKNOWN'");
    expect(rows).toMatchObject([{ worked: 1 }]);
  }, patience);
  expect(house.sentTo(payoutId)).toHaveLength(0);
  await house.owner(
    "UPDATE payouts SET work_at = now(), last_sent_at = now() - interval '1 minute' WHERE state = 'UNKNOWN'",
  );
  await house.until(payoutId, "PAID");
  expect(house.sentTo(payoutId)).toHaveLength(1);
  const shown = await finance.api.payout.show.query({ payoutId: String(payoutId) });
  expect(shown.sends.map(({ outcome }) => outcome)).toEqual(["UNANSWERED", "ACCEPTED"]);
});

test("where the provider has forgotten the key a person decides, after it has said that it has none", async () => {
  const player = await house.fund();
  await psps.misbehave({ fail: 1 });
  const { payoutId } = (await house.ask(player)).body;
  await house.until(payoutId, "UNKNOWN");
  await psps.misbehave({});
  await house.owner(`UPDATE payouts SET sent_at = now() - interval '2 days', last_sent_at = now() - interval '2 days',
                            work_at = now() WHERE state = 'UNKNOWN'`);
  await vi.waitFor(async () => {
    const { rows } = await house.owner("SELECT worked FROM payouts WHERE state = 'UNKNOWN'");
    expect(rows).toMatchObject([{ worked: 1 }]);
  }, patience);
  const asked = { payoutId: String(payoutId), reason: "The provider's support says so" };
  expect(await finance.api.payout.query.mutate(asked)).toMatchObject({ found: "NOT_FOUND", then: "ASK_A_PERSON" });
  await finance.api.payout.resubmit.mutate(asked);
  await house.until(payoutId, "PAID");
  expect(house.sentTo(payoutId)).toHaveLength(1);
});

test("what the bank does not take, sends back or refuses at once is the player's again", async () => {
  for (const [card, code] of [
    ["closed", "account_closed"],
    ["returned", "account_closed"],
    ["inward", "instant_payouts_unsupported"],
  ] as const) {
    const player = await house.fund({ card });
    const { payoutId } = (await house.ask(player)).body;
    await house.until(payoutId, "RETURNED");
    expect(await house.cash(player.playerId)).toEqual({ available: "100.00", held: "0.00" });
    const shown = await finance.api.payout.show.query({ payoutId: String(payoutId) });
    expect(shown.failure?.code).toBe(code);
    expect(shown.transactions.settle === null).toBe(card !== "returned");
  }
});

test("webhooks that come several times, late and in any order pay once", async () => {
  const player = await house.fund();
  await psps.misbehave({ lostAnswer: 1, repeat: 1, reorder: 1 });
  const { payoutId } = (await house.ask(player)).body;
  await house.until(payoutId, "PAID");
  await vi.waitFor(async () => {
    const { rows } = await finance.api.webhook.list.query({ payoutId: String(payoutId) });
    expect(rows.map(({ type, state }) => [type, state]).sort()).toEqual([
      ["payout.created", "DONE"],
      ["payout.paid", "DONE"],
    ]);
  }, patience);
  expect(await house.cash(player.playerId)).toEqual({ available: "60.00", held: "0.00" });
});

test("a webhook that speaks of another amount, or of a payout that was given back, is a dead letter", async () => {
  const player = await house.fund({ deposit: "1000.00" });
  const { payoutId } = (await house.ask({ ...player, amount: "600.00" })).body;
  const body = (id: string, amount: number) =>
    JSON.stringify({
      id,
      object: "event",
      type: "payout.paid",
      data: {
        object: {
          id: `po_${id}`,
          object: "payout",
          status: "paid",
          amount,
          currency: "eur",
          metadata: { payout_id: payoutId },
        },
      },
    });
  expect(await psps.sendWebhook(body("evt_amount", 60_100))).toBe(200);
  expect(await psps.sendWebhook(body("evt_early", 60_000))).toBe(200);
  await vi.waitFor(async () => {
    const { rows } = await finance.api.webhook.list.query({ payoutId: String(payoutId), state: "DEAD" });
    expect(rows.map(({ outcome }) => outcome)).toEqual([
      "PAYMENT_MISMATCH: The house holds it for IN_REVIEW, and the provider says otherwise.",
      "PAYMENT_MISMATCH: 600.00 EUR was sent, and the provider speaks of 601.00 EUR.",
    ]);
  }, patience);
  expect(await house.payout(payoutId)).toMatchObject({ status: "IN_REVIEW" });
});

test("the database's table of states is the one that the rules ask", async () => {
  const { rows } = await house.owner("SELECT from_state, event, to_state FROM payout_transitions");
  const stored = (rows as { from_state: string; event: string; to_state: string }[])
    .map((row) => `${row.from_state} ${row.event} ${row.to_state}`)
    .sort();
  const table = Object.entries(payoutMachine)
    .flatMap(([from, moves]) => Object.entries(moves).map(([event, to]) => `${from} ${event} ${to}`))
    .sort();
  expect(stored).toEqual(table);
});

test("the ledger holds after all of it", async () => {
  expect(await findLedgerFaults(office.casino.db)).toEqual([]);
});
