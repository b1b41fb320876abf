/** Payouts by bank transfer: gathered into files, sent once, and followed to their end. */
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { findLedgerFaults } from "../../testing/check-ledger.ts";
import { type Office, startOffice } from "../../testing/start-office.ts";
import { createPayoutHouse, patience, type PayoutHouse } from "../payouts/payouts.fixture.ts";
import { type RunningBank, runBank } from "../simulators/run-bank.fixture.ts";
import { createTransferHouse, type TransferHouse } from "./transfers.fixture.ts";

let office: Office;
let bank: RunningBank;
let house: TransferHouse;
let payouts: PayoutHouse;

beforeAll(async () => {
  office = await startOffice();
  bank = await runBank(office.casino);
  house = createTransferHouse(office);
  payouts = createPayoutHouse(office);
  await payouts.forgiveTurnover();
});
afterEach(() => bank.misbehave({}));
afterAll(async () => {
  await bank.stop();
  await office.close();
});

async function request(accountEnd?: string, amount = "40.00"): Promise<{ payoutId: string; playerId: string }> {
  const { playerId, instrumentId } = await house.fund(bank, accountEnd);
  const { body } = await payouts.ask({ playerId, instrumentId, amount });
  expect(body).toMatchObject({ status: "AUTO_APPROVED", method: "bank_transfer" });
  return { payoutId: String(body["payoutId"]), playerId };
}

async function showBatchOf(payoutId: string) {
  const { maker } = await house.people();
  const { rows } = await maker.payoutBatch.list.query({});
  for (const { batchId } of rows) {
    const batch = await maker.payoutBatch.show.query({ batchId });
    if (batch.items.some((item) => item.payoutId === payoutId)) return batch;
  }
  throw new Error(`${payoutId} is in no file`);
}

test("approved payouts leave in one file whose count and sum are right, and are paid", async () => {
  const [one, two] = [await house.fund(bank), await house.fund(bank)];
  const asked = await Promise.all(
    [one, two].map(({ playerId, instrumentId }) => payouts.ask({ playerId, instrumentId, amount: "40.01" })),
  );
  const ids = asked.map(({ body }) => String(body["payoutId"]));
  for (const id of ids) await payouts.until(id, "PAID");
  for (const id of ids) expect(bank.ordered(id)).toMatchObject([{ status: "ACSC", instructed: 4_001 }]);
  const batch = await showBatchOf(ids[0] ?? "");
  expect(batch.state).toBe("ACCEPTED");
  expect(Number(batch.controlSum)).toBeCloseTo(40.01 * (batch.count ?? 0));
  expect(await payouts.cash(one.playerId)).toEqual({ available: "59.99", held: "0.00" });
  expect(await findLedgerFaults(office.casino.db)).toEqual([]);
});

test("a file is taken in part: what is refused is given back, and the rest is paid", async () => {
  const [closed, good] = [await house.fund(bank, "9041"), await house.fund(bank)];
  const asked = await Promise.all(
    [closed, good].map(({ playerId, instrumentId }) => payouts.ask({ playerId, instrumentId })),
  );
  const [bad, fine] = asked.map(({ body }) => String(body["payoutId"]));
  await payouts.until(bad, "RETURNED");
  await payouts.until(fine, "PAID");
  expect(await payouts.cash(closed.playerId)).toEqual({ available: "100.00", held: "0.00" });
  const item = (await showBatchOf(bad ?? "")).items.find(({ payoutId }) => payoutId === bad);
  expect(item).toMatchObject({ state: "FAILED", status: "RJCT", reason: "AC04", reasonText: "The account is closed." });
});

test("what the receiver's bank sends back is the player's again, after it was paid", async () => {
  const { payoutId, playerId } = await request("9042");
  await payouts.until(payoutId, "RETURNED");
  expect(await payouts.cash(playerId)).toEqual({ available: "100.00", held: "0.00" });
  const { maker } = await house.people();
  const { steps } = await maker.payout.show.query({ payoutId });
  expect(steps.map(({ to }) => to)).toEqual(expect.arrayContaining(["PAID", "RETURNED"]));
  const { rows } = await maker.bankCredit.list.query({ state: "PAYOUT_RETURN" });
  expect(rows).toContainEqual(expect.objectContaining({ payoutId, amount: "40.00" }));
  expect(await findLedgerFaults(office.casino.db)).toEqual([]);
});

test("of what arrives in part the rest is the player's again", async () => {
  const { payoutId, playerId } = await request("9044", "40.01");
  expect(await payouts.until(payoutId, "PAID")).toMatchObject({ paid: { amount: "20.00", currency: "EUR" } });
  expect(await payouts.cash(playerId)).toEqual({ available: "80.00", held: "0.00" });
  const [instrument] = (await house.instruments(playerId)) as { returnable: unknown }[];
  expect(instrument?.returnable).toEqual([{ amount: "80.00", currency: "EUR" }]);
  const { rows } = await house.owner("SELECT paid, amount FROM payouts WHERE public_id('pay', id) = $1", [payoutId]);
  expect(rows).toEqual([{ paid: "2000", amount: "4001" }]);
  // And where that part comes back as well, all of it is.
  await bank.control(`/payments/${payoutId}/return`, { reason: "MS03" });
  await payouts.until(payoutId, "RETURNED");
  expect(await payouts.cash(playerId)).toEqual({ available: "100.00", held: "0.00" });
  expect(await findLedgerFaults(office.casino.db)).toEqual([]);
});

test("a file whose answer is lost is asked about, and is not sent again", async () => {
  await bank.misbehave({ lostAnswer: 1, lostWebhook: 0 });
  const { payoutId } = await request();
  await vi.waitFor(() => expect(bank.ordered(payoutId)).toHaveLength(1), patience);
  await bank.misbehave({});
  await payouts.until(payoutId, "PAID");
  const batch = await showBatchOf(payoutId);
  expect(batch.sends).toHaveLength(1);
  expect(bank.ordered(payoutId)).toHaveLength(1);
});

test("a file that never arrived is sent again byte for byte, once the bank says that it has none", async () => {
  await bank.misbehave({ fail: 1 });
  const { payoutId } = await request();
  await payouts.until(payoutId, "UNKNOWN");
  expect(bank.ordered(payoutId)).toHaveLength(0);
  const { maker } = await house.people();
  await expect(maker.payout.resubmit.mutate({ payoutId, reason: "it never arrived" })).rejects.toThrow();
  await bank.misbehave({});
  await house.owner(
    "UPDATE payout_batches SET work_at = now(), last_sent_at = last_sent_at - interval '2 minutes' WHERE state = 'UNKNOWN'",
  );
  await payouts.until(payoutId, "PAID");
  const batch = await showBatchOf(payoutId);
  expect(batch.sends.map(({ outcome }) => outcome)).toEqual(["UNANSWERED", "ACCEPTED"]);
  expect(bank.ordered(payoutId)).toHaveLength(1);
});

test("an account that is brought is paid to only once it is verified, and is checked by its digits", async () => {
  const { playerId } = await house.open("Ada", "Byron");
  const bring = (iban: string) =>
    office.casino.call("POST", "/v1/instruments/bank-accounts", {
      token: office.casino.operatorKey,
      body: { playerId, iban, holder: "Ada Byron" },
    });
  expect((await bring("DE89 3704 0044 0532 0130 01")).body).toMatchObject({ code: "IBAN_INVALID" });
  const { body } = await bring("DE89 3704 0044 0532 0130 00");
  expect(body).toMatchObject({ method: "bank_transfer", last4: "3000", verified: false });
  const again = await bring("de89370400440532013000");
  expect(again.body["instrumentId"]).toBe(body["instrumentId"]);
});
