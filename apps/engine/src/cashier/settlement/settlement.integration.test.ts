/** Settlement from outside: card payments, the providers' own reports, their payouts, and the bank's statement of them. */
import { randomUUID } from "node:crypto";
import { listHouseBalances } from "@pitboss/db/wallet/read-wallets";
import { formatMinor } from "@pitboss/domain/wallet/money";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { findLedgerFaults } from "../../testing/check-ledger.ts";
import { failureOf, type Office, type SignedIn, startOffice } from "../../testing/start-office.ts";
import { renderCamt053 } from "../simulators/bank/render-camt053.ts";
import { type RunningPsps, runPsps } from "../simulators/run-psps.fixture.ts";
import type { Batch } from "../simulators/settlement.ts";

let office: Office;
let psps: RunningPsps;
let finance: SignedIn;
const patience = { timeout: 30_000, interval: 40 };
const reason = "The day's settlement";
const iban = "MT84MALT011000012345MTLCAST001S";
const today = new Date().toISOString().slice(0, 10);

beforeAll(async () => {
  office = await startOffice();
  psps = await runPsps(office.casino);
  finance = await office.signIn(office.people.finance);
});
afterAll(async () => {
  await psps.stop();
  expect(await findLedgerFaults(office.casino.db)).toEqual([]);
  await office.close();
});

async function deposit(psp: string, amount: string, currency = "EUR"): Promise<string> {
  const { playerId } = await office.casino.openPlayer();
  const prefix = { stripe: "pm_card", adyen: "rec", checkout: "src" }[psp] ?? "";
  const answer = await office.casino.call("POST", "/v1/deposits", {
    token: office.casino.operatorKey,
    body: {
      requestId: randomUUID(),
      playerId,
      amount: { amount, currency },
      method: "card",
      token: `${prefix}_visa_${playerId}`,
    },
  });
  const depositId = String(answer.body["depositId"]);
  await vi.waitFor(async () => expect(await stateOf(depositId)).toBe("CREDITED"), patience);
  return depositId;
}

const stateOf = async (depositId: string): Promise<string> =>
  (await finance.api.deposit.show.query({ depositId })).state;

const balance = async (kind: string, qualifier: string): Promise<string> => {
  const found = (await listHouseBalances(office.casino.db)).find(
    (one) => one.kind === kind && one.qualifier === qualifier && one.currency === "EUR",
  );
  return formatMinor(found?.available ?? 0n, "EUR");
};

async function settle(psp: string): Promise<Batch[]> {
  const answer = await fetch(`${psps.settings.get(psp)?.url}/_simulator/settle`, { method: "POST" });
  return (await answer.json()) as Batch[];
}

const statementOf = (batches: readonly Batch[], id = "S-1"): string =>
  renderCamt053({
    id,
    sequence: 1,
    iban,
    currency: "EUR",
    day: today,
    opening: 0,
    entries: batches.map(({ reference, sent }, index) => ({
      id: `E-${index}`,
      amount: sent,
      bookedOn: today,
      endToEndId: index === 0 ? reference : "NOTPROVIDED",
      remittance: `Payout ${reference}`,
      counterparty: "Provider",
    })),
  });

test("payments of every provider are settled by its report, and its payout is on the way and then at the bank", {
  timeout: 90_000,
}, async () => {
  const codes = ["stripe", "adyen", "checkout"];
  const deposits = await Promise.all(codes.map((psp) => deposit(psp, "100.00")));
  const batches = (await Promise.all(codes.map(settle))).flat();
  const sums = batches.map(({ lines }) => ({
    fees: lines.reduce((sum, { fee }) => sum + fee, 0),
    reserve: lines.filter(({ kind }) => kind === "RESERVE").reduce((sum, { gross }) => sum - gross, 0),
  }));
  expect(await finance.api.settlement.pull.mutate({ reason })).toEqual({ files: 3 });
  // The same files again bring nothing.
  expect(await finance.api.settlement.pull.mutate({ reason })).toEqual({ files: 0 });
  expect(await Promise.all(deposits.map(stateOf))).toEqual(["SETTLED", "SETTLED", "SETTLED"]);
  const { rows } = await finance.api.settlement.reports.query({ limit: 10 });
  for (const [index, psp] of codes.entries()) {
    const batch = batches[index];
    const report = rows.find((one) => one.psp === psp);
    const [fees, reserve] = [sums[index]?.fees ?? 0, sums[index]?.reserve ?? 0];
    expect(report).toMatchObject({
      reference: batch?.reference,
      gross: "100.00",
      fees: formatMinor(BigInt(fees), "EUR"),
      reserve: "5.00",
      paidOut: formatMinor(BigInt(batch?.paidOut ?? 0), "EUR"),
      arrived: null,
    });
    expect(report?.postedAt).not.toBeNull();
    // Nothing is left between the house and the provider; the rest is on its way, kept, or withheld.
    expect(await balance("PSP_CLEARING", psp)).toBe("0.00");
    expect(await balance("FEES", psp)).toBe(formatMinor(BigInt(-fees), "EUR"));
    expect(await balance("PSP_RESERVE", psp)).toBe(formatMinor(BigInt(-reserve), "EUR"));
    expect(await balance("IN_TRANSIT", psp)).toBe(formatMinor(BigInt(-(batch?.paidOut ?? 0)), "EUR"));
  }

  const text = statementOf(batches);
  const planned = await finance.api.settlement.plan.mutate({ file: { kind: "statement", text } });
  expect(planned).toMatchObject({ count: 1, items: [{ id: `${iban}/S-1` }] });
  const given = { file: { kind: "statement" as const, text }, plan: planned.hash, reason };
  expect(await finance.api.settlement.import.mutate(given)).toMatchObject([{ account: iban, fresh: true, entries: 3 }]);
  expect(await finance.api.settlement.import.mutate(given)).toMatchObject([{ fresh: false }]);
  for (const psp of codes) expect(await balance("IN_TRANSIT", psp)).toBe("0.00");
  const arrived = batches.reduce((sum, { paidOut }) => sum + BigInt(paidOut), 0n);
  expect(await balance("BANK", iban)).toBe(formatMinor(-arrived, "EUR"));
  const { rows: after } = await finance.api.settlement.reports.query({ limit: 10 });
  expect(after.every((one) => one.arrived === one.paidOut && one.arrivedOn === today)).toBe(true);
});

test("what changed under the same name is refused, and a file that can't be read names its lines", async () => {
  const head =
    "Payout ID,Action ID,Action Type,Breakdown Type,Payment ID,Reference,Processed On,Holding Currency,Holding Currency Amount";
  const row = (amount: string): string => `PO1,act_1,Capture,Capture,pay_1,dep_zz,2026-03-02T10:00:00Z,EUR,${amount}`;
  const file = (...rows: string[]) => ({ kind: "report", psp: "checkout", text: [head, ...rows].join("\n") }) as const;
  await finance.api.settlement.import.mutate({ file: file(row("10.00")), reason });
  expect(await failureOf(finance.api.settlement.import.mutate({ file: file(row("11.00")), reason }))).toMatchObject({
    code: "REPORT_CHANGED",
  });
  const unread = await failureOf(
    finance.api.settlement.import.mutate({ file: file(row("1.001"), row("2.00"), row("x")), reason }),
  );
  expect(unread).toMatchObject({ code: "REPORT_UNREADABLE" });
  expect(unread.detail).toMatch(/line 2: .*1\.001.* line 4: /);
  const wrong = { kind: "report", psp: "nobody", text: "a" } as const;
  expect(await failureOf(finance.api.settlement.import.mutate({ file: wrong, reason }))).toMatchObject({
    code: "RECORD_NOT_FOUND",
  });
});

test("a fee that was named with a payment after its report had come is not paid twice", {
  timeout: 60_000,
}, async () => {
  const before = await balance("PSP_CLEARING", "stripe");
  const { playerId } = await office.casino.openPlayer();
  await psps.misbehave({ webhookDelayMs: 4_000 });
  const answer = await office.casino.call("POST", "/v1/deposits", {
    token: office.casino.operatorKey,
    body: {
      requestId: randomUUID(),
      playerId,
      amount: { amount: "40.00", currency: "EUR" },
      method: "card",
      token: `pm_card_slow_${playerId}`,
    },
  });
  const depositId = String(answer.body["depositId"]);
  // The provider takes and settles it before the house hears of it.
  await vi.waitFor(async () => expect(await settle("stripe")).not.toEqual([]), patience);
  await finance.api.settlement.pull.mutate({ reason });
  expect(await balance("PSP_CLEARING", "stripe")).not.toBe(before);
  await psps.misbehave({});
  await vi.waitFor(async () => expect(await stateOf(depositId)).toBe("CREDITED"), patience);
  await finance.api.settlement.pull.mutate({ reason });
  expect(await stateOf(depositId)).toBe("SETTLED");
  expect(await balance("PSP_CLEARING", "stripe")).toBe(before);
});
