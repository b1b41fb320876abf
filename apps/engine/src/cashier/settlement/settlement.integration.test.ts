/** Settlement from outside: card payments, the providers' own reports, their payouts, and the bank's statement of them. */
import { formatMinor } from "@pitboss/domain/wallet/money";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { findLedgerFaults } from "../../testing/check-ledger.ts";
import { failureOf } from "../../testing/start-office.ts";
import { iban, openSettledHouse, type SettledHouse, today } from "../reconciliation/settled-house.fixture.ts";

let house: SettledHouse;
const patience = { timeout: 30_000, interval: 40 };
const reason = "The day's settlement";

beforeAll(async () => {
  house = await openSettledHouse();
});
afterAll(async () => {
  expect(await findLedgerFaults(house.office.casino.db)).toEqual([]);
  await house.close();
});

test("payments of every provider are settled by its report, and its payout is on the way and then at the bank", {
  timeout: 90_000,
}, async () => {
  const { balance, deposit, finance, settle, stateOf, statement } = house;
  const codes = ["stripe", "adyen", "checkout"];
  const deposits = await Promise.all(codes.map((psp) => deposit(psp, "100.00")));
  const batches = (await Promise.all(codes.map((psp) => settle(psp)))).flat();
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

  const text = statement(
    batches.map(({ reference, sent }, index) => ({
      amount: sent,
      endToEndId: index === 0 ? reference : "NOTPROVIDED",
      remittance: `Payout ${reference}`,
    })),
  );
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
  const { finance } = house;
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
  const { balance, deposit, finance, psps, stateOf } = house;
  const before = await balance("PSP_CLEARING", "stripe");
  await psps.misbehave({ webhookDelayMs: 4_000 });
  const depositId = await deposit("stripe", "40.00", { card: "slow", state: "PENDING" });
  // While its webhooks are late; the house's own way of closing the books ends every fault.
  const close = async (): Promise<string> => (await fetch(`${psps.url}/_simulator/settle`, { method: "POST" })).text();
  // The provider takes and settles it before the house hears of it.
  await vi.waitFor(async () => expect(await close()).not.toBe("[]"), patience);
  await finance.api.settlement.pull.mutate({ reason });
  expect(await balance("PSP_CLEARING", "stripe")).not.toBe(before);
  await psps.misbehave({});
  await vi.waitFor(async () => expect(await stateOf(depositId)).toBe("CREDITED"), patience);
  await finance.api.settlement.pull.mutate({ reason });
  expect(await stateOf(depositId)).toBe("SETTLED");
  expect(await balance("PSP_CLEARING", "stripe")).toBe(before);
});
