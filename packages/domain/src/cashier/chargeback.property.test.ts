import fc from "fast-check";
import { expect, test } from "vitest";
import { type ChargebackState, chargebackMachine, decideDispute, type DisputeReport } from "./chargeback.ts";

const deposit = { state: "CREDITED", currency: "EUR", credited: 5_000n } as const;
const opened: DisputeReport = {
  reference: "dp_1",
  payment: "pi_1",
  state: "OPENED",
  currency: "EUR",
  amount: 5_000n,
  reasonCode: "10.4",
  reason: "fraudulent",
  dueAt: null,
};
const reports = [opened, { ...opened, state: "WON" }, { ...opened, state: "LOST" }] as const;

test("reports in any order, repeated, open once and close once; what comes too early waits, a turn is a person's", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...reports), { maxLength: 12 }), (told) => {
      let state: ChargebackState | undefined;
      let [opens, closes] = [0, 0];
      for (const report of told) {
        const known = state === undefined ? undefined : { reference: "dp_1", state };
        const decided = decideDispute(deposit, known, report);
        if (!decided.ok) {
          expect(decided.error.code).toBe(state === undefined ? "CHARGEBACK_EARLY" : "PAYMENT_MISMATCH");
          continue;
        }
        if (decided.value.kind === "open") [state, opens] = ["OPENED", opens + 1];
        if (decided.value.kind === "close") [state, closes] = [decided.value.to, closes + 1];
      }
      const first = told.findIndex(({ state: said }) => said === "OPENED");
      const end = first === -1 ? undefined : told.slice(first).find(({ state: said }) => said !== "OPENED");
      expect(opens).toBe(first === -1 ? 0 : 1);
      expect(closes).toBe(end === undefined ? 0 : 1);
      expect(state).toBe(first === -1 ? undefined : (end?.state ?? "OPENED"));
    }),
  );
});

test("more than was credited, nothing, another currency or another dispute is for a person", () => {
  const wrong = [{ amount: 5_001n }, { amount: 0n }, { currency: "USD" as const }];
  for (const change of wrong) {
    expect(decideDispute(deposit, undefined, { ...opened, ...change })).toMatchObject({
      ok: false,
      error: { code: "PAYMENT_MISMATCH" },
    });
  }
  const other = decideDispute({ ...deposit, state: "DISPUTED" }, { reference: "dp_2", state: "OPENED" }, opened);
  expect(other).toMatchObject({ ok: false, error: { code: "PAYMENT_MISMATCH" } });
});

test("a deposit that is not credited yet is not taken back yet", () => {
  for (const state of ["INITIATED", "PENDING", "DECLINED", "EXPIRED"] as const) {
    expect(decideDispute({ ...deposit, state, credited: null }, undefined, opened)).toMatchObject({
      ok: false,
      error: { code: "CHARGEBACK_EARLY" },
    });
  }
});

test("only what is won or lost has an end, and both are reached from everywhere else", () => {
  for (const [state, moves] of Object.entries(chargebackMachine)) {
    const ended = state === "WON" || state === "LOST";
    expect(Object.values(moves).includes("WON")).toBe(!ended);
    expect(Object.values(moves).includes("LOST")).toBe(!ended);
  }
});
