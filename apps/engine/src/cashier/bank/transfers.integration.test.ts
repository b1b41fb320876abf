/** Deposits by bank transfer, over real HTTP with a bank that is a process of its own. */
import { creditMachine } from "@pitboss/domain/cashier/bank/credit-machine";
import { makeIban } from "@pitboss/domain/cashier/bank/iban";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { findLedgerFaults } from "../../testing/check-ledger.ts";
import { type Office, startOffice } from "../../testing/start-office.ts";
import { type RunningBank, runBank, type SimulatedCredit } from "../simulators/run-bank.fixture.ts";
import { createTransferHouse, type TransferHouse } from "./transfers.fixture.ts";

let office: Office;
let bank: RunningBank;
let house: TransferHouse;
const patience = { timeout: 30_000, interval: 40 };

beforeAll(async () => {
  office = await startOffice();
  bank = await runBank(office.casino);
  house = createTransferHouse(office);
});
afterEach(() => bank.misbehave({}));
afterAll(async () => {
  await bank.stop();
  await office.close();
});

async function until(entry: string, state: string): Promise<Record<string, unknown>> {
  return vi.waitFor(async () => {
    const row = await house.credit(entry);
    expect(row?.["state"]).toBe(state);
    return row ?? {};
  }, patience);
}

test("the methods name transfers, and a player is given an account and a reference for ever", async () => {
  const { body } = await office.casino.call("GET", "/v1/deposits/methods", { token: office.casino.operatorKey });
  expect(body["methods"]).toContainEqual({
    method: "bank_transfer",
    currencies: { EUR: { min: "5.00", max: "100000.00" } },
    providers: ["bank"],
  });
  const ada = await house.open("Ada", "Byron");
  expect(ada.reference).toMatch(/^RF[0-9]{14}$/);
  expect((await house.askReference(ada.playerId)).body).toMatchObject({
    iban: bank.settings.account.iban,
    reference: ada.reference,
  });
});

test("what comes with the reference from an account in the player's name is credited once, however often it is told", async () => {
  await bank.misbehave({ repeat: 1, reorder: 0.5 });
  const ada = await house.open("Ada", "Byron");
  const entry = await bank.pay({ amount: "50.00", name: "BYRON ADA", iban: ada.iban, reference: ada.reference });
  await until(entry, "CREDITED");
  const spaced = ada.reference.replace(/(.{4})/g, "$1 ").toLowerCase();
  const second = await bank.pay({
    amount: "25.00",
    name: "Ada Byron",
    iban: ada.iban,
    remittance: `deposit ${spaced} thanks`,
  });
  await until(second, "CREDITED");
  await bank.control("/close-day", { day: new Date().toISOString().slice(0, 10) });
  expect(await house.cash(ada.playerId)).toBe("75.00");
  const { body } = await office.casino.call("GET", `/v1/deposits?playerId=${ada.playerId}`, {
    token: office.casino.operatorKey,
  });
  expect(body["deposits"]).toMatchObject([
    { status: "CREDITED", method: "bank_transfer", credited: { amount: "25.00", currency: "EUR" } },
    { status: "CREDITED", card: { brand: "IBAN", last4: ada.iban.slice(-4) } },
  ]);
  const instruments = await house.instruments(ada.playerId);
  expect(instruments).toMatchObject([
    { method: "bank_transfer", verified: true, returnable: [{ amount: "75.00", currency: "EUR" }] },
  ]);
  expect(await findLedgerFaults(office.casino.db)).toEqual([]);
});

test("what no notification told comes in by the statement", async () => {
  const eve = await house.open("Eve", "Curie");
  const entry = await bank.pay({
    amount: "10.00",
    name: "Eve Curie",
    iban: eve.iban,
    reference: eve.reference,
    quiet: true,
  });
  const day = new Date(Date.now() + 24 * 3_600_000).toISOString().slice(0, 10);
  await bank.control("/close-day", { day });
  await office.casino.restart();
  await until(entry, "CREDITED");
  expect(await house.cash(eve.playerId)).toBe("10.00");
});

test.each<readonly [string, string, (one: { reference: string; iban: string }) => Partial<SimulatedCredit>]>([
  ["no reference", "NO_REFERENCE", ({ iban }) => ({ iban, remittance: "for my account" })],
  ["nobody's reference", "UNKNOWN_REFERENCE", ({ iban }) => ({ iban, reference: "RF18539007547034" })],
  ["another name", "PAYER_NAME_DIFFERS", ({ iban, reference }) => ({ iban, reference, name: "Charles Babbage" })],
  ["no account", "PAYER_UNKNOWN", ({ reference }) => ({ reference })],
  ["too little", "DEPOSIT_BELOW_MIN", ({ iban, reference }) => ({ iban, reference, amount: "4.99" })],
])("%s waits for people", async (_what, why, change) => {
  const ada = await house.open("Ada", "Byron");
  const entry = await bank.pay({ amount: "30.00", name: "Ada Byron", ...change(ada) });
  expect(await until(entry, "IN_INBOX")).toMatchObject({ why });
  expect(await house.cash(ada.playerId)).toBe("none");
});

test("an account that another player pays from is not taken, and neither is money of who is excluded", async () => {
  const [ada, bob] = [await house.open("Ada", "Byron"), await house.open("Ada", "Byron")];
  await until(
    await bank.pay({ amount: "30.00", name: "Ada Byron", iban: ada.iban, reference: ada.reference }),
    "CREDITED",
  );
  const entry = await bank.pay({ amount: "30.00", name: "Ada Byron", iban: ada.iban, reference: bob.reference });
  expect(await until(entry, "IN_INBOX")).toMatchObject({ why: "INSTRUMENT_NOT_OWN" });
  await house.owner("UPDATE players SET status = 2 WHERE id = $1", [house.numberOf(ada.playerId)]);
  const late = await bank.pay({ amount: "30.00", name: "Ada Byron", iban: ada.iban, reference: ada.reference });
  expect(await until(late, "IN_INBOX")).toMatchObject({ why: "ACCOUNT_LOCKED" });
});

test("what a payment service pays out to the house is nobody's deposit", async () => {
  const booked = {
    amount: 123_45,
    bookedOn: new Date().toISOString().slice(0, 10),
    endToEndId: "po_1",
    remittance: "STRIPE po_1",
  };
  const { id } = await bank.control("/bookings", { ...booked, counterparty: "Stripe Payments" });
  await until(String(id), "SETTLEMENT");
});

test("two people credit what waits, or send it back; one alone does neither", async () => {
  const ada = await house.open("Ada", "Byron");
  const entry = await bank.pay({ amount: "40.00", name: "Ada Byron", iban: ada.iban, remittance: "my deposit" });
  const creditId = String((await until(entry, "IN_INBOX"))["public"]);
  const { maker, checker } = await house.people();
  const shown = await maker.bankCredit.show.query({ creditId });
  expect(shown).toMatchObject({
    payer: { name: "Ada Byron", iban: ada.iban },
    remittance: "my deposit",
    mayDecide: true,
  });
  expect(shown.candidates.map(({ playerId }) => playerId)).toContain(ada.playerId);
  const asked = {
    creditId,
    decision: "CREDIT",
    playerId: ada.playerId,
    reason: "name and account are the player's",
  } as const;
  const proposal = await maker.bankCredit.propose.mutate(asked);
  await expect(maker.bankCredit.propose.mutate(asked)).rejects.toThrow();
  await expect(
    maker.approval.approve.mutate({ approvalId: proposal.approvalId, contentHash: proposal.contentHash }),
  ).rejects.toThrow();
  expect(await house.cash(ada.playerId)).toBe("none");
  await checker.approval.approve.mutate({ approvalId: proposal.approvalId, contentHash: proposal.contentHash });
  await until(entry, "CREDITED");
  expect(await house.cash(ada.playerId)).toBe("40.00");

  const other = await bank.pay({
    amount: "41.00",
    name: "Nobody Known",
    iban: makeIban("DE", "370400440532013777") ?? "",
  });
  const otherId = String((await until(other, "IN_INBOX"))["public"]);
  const back = await maker.bankCredit.propose.mutate({
    creditId: otherId,
    decision: "RETURN",
    reason: "nobody knows whose it is",
  });
  await checker.approval.approve.mutate({ approvalId: back.approvalId, contentHash: back.contentHash });
  await until(other, "RETURNED");
  expect(bank.ordered(otherId)).toMatchObject([{ status: "ACSC", instructed: 4_100 }]);
  expect(await findLedgerFaults(office.casino.db)).toEqual([]);
});

test("what can't be sent back waits again, and one that came back too", async () => {
  const { maker, checker } = await house.people();
  for (const [end, why] of [
    ["9041", "RETURN_FAILED"],
    ["9042", "RETURN_CAME_BACK"],
  ] as const) {
    const entry = await bank.pay({
      amount: "42.00",
      name: "Nobody Known",
      iban: makeIban("DE", `37040044053201${end}`) ?? "",
    });
    const creditId = String((await until(entry, "IN_INBOX"))["public"]);
    const back = await maker.bankCredit.propose.mutate({
      creditId,
      decision: "RETURN",
      reason: "nobody knows whose it is",
    });
    await checker.approval.approve.mutate({ approvalId: back.approvalId, contentHash: back.contentHash });
    await vi.waitFor(async () => expect(await house.credit(entry)).toMatchObject({ state: "IN_INBOX", why }), patience);
  }
});

test("a message that the bank did not sign is refused", async () => {
  const answer = await fetch(`${office.casino.url()}/v1/webhooks/bank`, {
    method: "POST",
    headers: { "content-type": "application/xml" },
    body: "<Document/>",
  });
  expect(answer.status).toBe(401);
});

test("the database knows the same states and steps as the rules", async () => {
  const { rows } = await house.owner("SELECT from_state, event, to_state FROM bank_credit_transitions");
  const rules = Object.entries(creditMachine).flatMap(([from_state, events]) =>
    Object.entries(events).map(([event, to_state]) => ({ from_state, event, to_state })),
  );
  const order = (one: unknown): string => JSON.stringify(one);
  expect(rows.map(order).sort()).toEqual(rules.map(order).sort());
});

test("the database lets nobody credit or send back what waits without two people", async () => {
  const entry = await bank.pay({
    amount: "43.00",
    name: "Nobody Known",
    iban: makeIban("DE", "370400440532013778") ?? "",
  });
  const { id } = await until(entry, "IN_INBOX");
  await expect(
    house.owner("SELECT move_bank_credit($1, 'IN_INBOX', 'giveBack', NULL, NULL, '{}'::jsonb)", [id]),
  ).rejects.toThrow(/yes of two people/);
  await expect(house.owner("UPDATE bank_credits SET amount = 1 WHERE id = $1", [id])).rejects.toThrow(
    /does not change/,
  );
});
