/** Ledger, providers and bank from outside: every difference is found once, and ended by two people. */
import { listOpenAlerts } from "@pitboss/db/ops/house-alert-store";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findLedgerFaults } from "../../testing/check-ledger.ts";
import { failureOf } from "../../testing/start-office.ts";
import { iban, openSettledHouse, type SettledHouse, today } from "./settled-house.fixture.ts";

let house: SettledHouse;
const reason = "The day's reconciliation";

beforeAll(async () => {
  house = await openSettledHouse();
});
afterAll(async () => {
  expect(await findLedgerFaults(house.office.casino.db)).toEqual([]);
  await house.close();
});

const run = () => house.finance.api.recon.runCashier.mutate({ day: today, reason });
const open = async () => {
  const { rows } = await house.finance.api.recon.breaks.query({ source: "cashier", group: "open", limit: 100 });
  return rows.map(({ type, scope, subject, ...row }) => ({ type, scope, subject, ...row }));
};
const bring = (text: string) =>
  house.finance.api.settlement.import.mutate({ file: { kind: "statement", text }, reason });

async function end(breakId: string, how: { method: "POST" | "MATCH" | "EXPLAIN" | "WRITE_OFF"; matches?: string[] }) {
  const { finance, finance2 } = house;
  const { approvalId, contentHash } = await finance.api.recon.propose.mutate({ breakId, reason, ...how });
  expect(await failureOf(finance.api.approval.approve.mutate({ approvalId, contentHash }))).toMatchObject({
    code: "APPROVAL_OWN",
  });
  const decided = await finance2.api.approval.approve.mutate({ approvalId, contentHash });
  expect(decided).toMatchObject({ approval: { status: "APPLIED" }, notApplied: null });
}

test("a clean day says so, with what every side adds up to", { timeout: 90_000 }, async () => {
  const { deposit, settle, statement } = house;
  const codes = ["stripe", "adyen", "checkout"];
  await Promise.all(codes.map((psp) => deposit(psp, "100.00")));
  const batches = (await Promise.all(codes.map((psp) => settle(psp)))).flat();
  await house.finance.api.settlement.pull.mutate({ reason });
  await bring(statement(batches.map(({ sent, reference }) => ({ amount: sent, endToEndId: reference }))));
  const done = await run();
  expect(done).toMatchObject({ state: "CLEAN", found: 0, open: 0, lines: 6 + 1, matched: 3 });
  for (const psp of codes) {
    const of = (side: string, what: string) =>
      done.totals.find((one) => one.side === side && one.what === what && one.scope === psp);
    expect(of("LEDGER", "PAYMENT")).toMatchObject({ count: 1, amount: "100.00", currency: "EUR" });
    expect(of("PSP", "PAYMENT")).toMatchObject({ count: 1, amount: "100.00" });
    expect(of("BANK", "ARRIVED")?.amount).toBe(of("PSP", "PAID_OUT")?.amount);
    expect(of("LEDGER", "OWED")?.amount).toBe("0.00");
    expect(of("LEDGER", "ON_ITS_WAY")?.amount).toBe("0.00");
    expect(of("LEDGER", "WITHHELD")?.amount).toBe("5.00");
  }
  const bank = done.totals.filter(({ scope }) => scope === iban).map(({ amount }) => amount);
  expect(bank).toHaveLength(2);
  expect(bank[0]).toBe(bank[1]);
  expect(await listOpenAlerts(house.office.casino.db)).toEqual([]);
});

test("every kind of difference is found once, with both sides, and two people end it", {
  timeout: 120_000,
}, async () => {
  const { deposit, settle, statement, balance, finance, owner } = house;
  // From now on a provider has no time to report or to pay.
  await owner("INSERT INTO settlement_rules (psp, effective_from, report_days, bank_days) VALUES ('*', now(), 0, 0)");
  await deposit("stripe", "11.00");
  const missing = await settle("stripe", { unsettled: 1 });
  await deposit("stripe", "12.00");
  const twice = await settle("stripe", { settledTwice: 1 });
  await deposit("adyen", "13.00");
  const short = await settle("adyen", { settledShort: 1 });
  await deposit("stripe", "14.00");
  const dear = await settle("stripe", { overcharged: 1 });
  await deposit("checkout", "15.00");
  const strange = await settle("checkout", { strangeLine: 1 });
  await deposit("adyen", "16.00");
  const foreign = await settle("adyen", { otherCurrency: 1 });
  await deposit("checkout", "17.00");
  const lost = await settle("checkout", { lostPayout: 1 });
  await deposit("checkout", "18.00");
  const less = await settle("checkout", { shortPayout: 1 });
  await finance.api.settlement.pull.mutate({ reason });
  const paid = [...missing, ...twice, ...short, ...dear, ...strange, ...less].filter(({ sent }) => sent !== 0);
  const abroad = foreign.filter(({ currency }) => currency === "EUR");
  const entries = [...paid, ...abroad].filter(({ sent }) => sent !== 0);
  await bring(
    statement([
      ...entries.map(({ sent, reference }) => ({ amount: sent, remittance: `PAYOUT ${reference}` })),
      { amount: -250, remittance: "Account fee", counterparty: "The bank" },
    ]),
  );
  const found = await run();
  const breaks = await open();
  const abroadUsd = foreign.filter(({ currency }) => currency === "USD").length;
  expect(breaks.map(({ type }) => type).sort()).toEqual(
    [
      "MISSING_AT_PSP",
      "SETTLED_TWICE",
      "AMOUNT_DIFFERS",
      "FEE_DIFFERS",
      "LINE_UNEXPLAINED",
      "CURRENCY_DIFFERS",
      "MISSING_AT_BANK",
      ...Array.from({ length: abroadUsd }, () => "MISSING_AT_BANK"),
      "BANK_AMOUNT_DIFFERS",
      "BANK_UNEXPLAINED",
    ].sort(),
  );
  expect(found).toMatchObject({ state: "BREAKS", found: breaks.length, open: breaks.length });
  expect(await listOpenAlerts(house.office.casino.db)).toMatchObject([{ kind: "RECONCILIATION_DRIFT" }]);
  // The same once more finds the same.
  expect(await run()).toMatchObject({ found: 0, reopened: 0, cleared: 0, open: breaks.length });

  const of = (type: string) => breaks.find((one) => one.type === type) ?? expect.unreachable();
  expect(of("MISSING_AT_PSP")).toMatchObject({ expected: { amount: "11.00" }, got: null, scope: "stripe" });
  expect(of("SETTLED_TWICE")).toMatchObject({ expected: { amount: "12.00" }, got: { amount: "24.00" } });
  expect(of("AMOUNT_DIFFERS")).toMatchObject({ difference: { amount: "-0.01" } });
  expect(of("FEE_DIFFERS")).toMatchObject({ difference: { amount: "0.01" } });
  expect(of("BANK_AMOUNT_DIFFERS")).toMatchObject({ difference: { amount: "-0.01" } });
  expect(of("BANK_UNEXPLAINED")).toMatchObject({ got: { amount: "-2.50" }, scope: iban });
  expect(of("CURRENCY_DIFFERS")).toMatchObject({
    expected: { amount: "16.00", currency: "EUR" },
    got: { amount: "16.00", currency: "USD" },
  });
  const shown = await finance.api.recon.show.query({ breakId: of("SETTLED_TWICE").breakId });
  expect(shown.evidence.map(({ side, record }) => `${side} ${record}`)).toEqual([
    "OURS LEDGER",
    "THEIRS SETTLEMENT_LINE",
    "THEIRS SETTLEMENT_LINE",
  ]);

  for (const { type, breakId } of breaks) {
    const explained = type === "CURRENCY_DIFFERS" || type === "FEE_DIFFERS" || type === "MISSING_AT_BANK";
    await end(breakId, { method: explained ? "EXPLAIN" : type === "BANK_AMOUNT_DIFFERS" ? "WRITE_OFF" : "POST" });
  }
  expect(await run()).toMatchObject({ state: "CLEAN", found: 0, open: 0 });
  expect(await listOpenAlerts(house.office.casino.db)).toEqual([]);
  // What was posted leaves nothing between the house and its providers but what was explained.
  expect(await balance("PSP_CLEARING", "stripe")).toBe("0.00");
  expect(await balance("FEES", "stripe")).not.toBe("0.00");
  expect(await balance("PSP_CLEARING", "checkout")).toBe("0.00");
  expect(await balance("IN_TRANSIT", "checkout")).toBe(
    `-${(lost.reduce((sum, { paidOut }) => sum + paidOut, 0) / 100).toFixed(2)}`,
  );
});

test("what people say is the same is matched, and a line that comes late clears its break", {
  timeout: 90_000,
}, async () => {
  const { deposit, settle, finance, statement } = house;
  await deposit("checkout", "21.00");
  await run();
  const [waiting] = await open();
  expect(waiting).toMatchObject({ type: "MISSING_AT_PSP", expected: { amount: "21.00" } });
  // The provider reports it after all.
  const late = await settle("checkout");
  await bring(statement(late.map(({ sent, reference }) => ({ amount: sent, endToEndId: reference }))));
  expect(await run()).toMatchObject({ state: "CLEAN", cleared: 1 });

  await deposit("stripe", "22.00");
  const [batch] = await settle("stripe", { unsettled: 1 });
  const head =
    "automatic_payout_id,automatic_payout_effective_at,balance_transaction_id,created_utc,currency,gross,fee,net,reporting_category,source_id,payment_intent_id,payment_metadata[deposit_id]";
  const at = `${today} 00:00:01`;
  // The same payment under a name that the house never heard of.
  const rows = [
    `po_other,${at},txn_1,${at},eur,22.00,0.58,21.42,charge,ch_other,pi_other,`,
    `po_other,${at},txn_2,${at},eur,-21.42,0.00,-21.42,payout,po_other,,`,
  ];
  const text = [head, ...rows].join("\n");
  await finance.api.settlement.import.mutate({ file: { kind: "report", psp: "stripe", text }, reason });
  await bring(
    statement(
      [
        { amount: batch?.sent ?? 0, remittance: batch?.reference ?? "" },
        { amount: 2_142, remittance: "no name of it" },
      ].filter(({ amount }) => amount !== 0),
    ),
  );
  await run();
  const breaks = await open();
  expect(breaks.map(({ type }) => type).sort()).toEqual([
    "BANK_UNEXPLAINED",
    "MISSING_AT_BANK",
    "MISSING_AT_PSP",
    "MISSING_IN_LEDGER",
  ]);
  const of = (type: string) => breaks.find((one) => one.type === type) ?? expect.unreachable();
  const line = of("MISSING_IN_LEDGER").subject["line"] ?? "";
  const wrong = { breakId: of("MISSING_AT_PSP").breakId, method: "MATCH", reason } as const;
  expect(await failureOf(finance.api.recon.propose.mutate({ ...wrong, matches: ["srp_zzz/1"] }))).toMatchObject({
    code: "RESOLUTION_INVALID",
  });
  await end(of("MISSING_AT_PSP").breakId, { method: "MATCH", matches: [line] });
  await end(of("MISSING_AT_BANK").breakId, {
    method: "MATCH",
    matches: [of("BANK_UNEXPLAINED").subject["entry"] ?? ""],
  });
  expect(await run()).toMatchObject({ state: "CLEAN", cleared: 2, open: 0 });
});

test("a statement that does not go on where the one before ended is a break", async () => {
  await bring(house.statement([], 1));
  await run();
  const [gap] = await open();
  expect(gap).toMatchObject({ type: "STATEMENT_GAP", scope: iban, got: { amount: "0.01" } });
});
