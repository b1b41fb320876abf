import fc from "fast-check";
import { expect, test } from "vitest";
import {
  decideReport,
  type DepositFacts,
  type DepositState,
  depositStates,
  type PaymentReport,
} from "./deposit-machine.ts";

const base = { reference: "pi_1", currency: "EUR" } as const;
const taken: PaymentReport = { ...base, state: "TAKEN", amount: 5_000n, fee: 100n };
const reports: readonly PaymentReport[] = [
  { ...base, state: "ACTION", url: "https://bank.example" },
  { ...base, state: "PROCESSING" },
  { ...base, state: "FAILED", failureCode: "insufficient_funds", message: "No" },
  { ...base, state: "CANCELLED" },
  taken,
];
const deposit: DepositFacts = {
  state: "INITIATED",
  currency: "EUR",
  amount: 5_000n,
  pspReference: null,
  expiresAtMs: 1_000,
};

/** The deposit after these reports, and how often it was credited on the way. */
function follow(told: readonly PaymentReport[], nowMs: number): { state: DepositState; credits: number } {
  let state: DepositState = "INITIATED";
  let credits = 0;
  for (const report of told) {
    const decided = decideReport({ ...deposit, state }, report, nowMs);
    if (!decided.ok) throw new Error(decided.error.code);
    if (decided.value.kind === "nothing") continue;
    state = decided.value.to;
    if (state === "CREDITED") credits += 1;
  }
  return { state, credits };
}

test("reports in any order, however often repeated, credit exactly once where money was taken, and never otherwise", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...reports), { maxLength: 12 }), fc.boolean(), (told, late) => {
      const { state, credits } = follow(told, late ? 2_000 : 0);
      const money = told.includes(taken);
      expect(credits).toBe(money ? 1 : 0);
      expect(state === "CREDITED").toBe(money);
    }),
  );
});

test("a deposit that was cancelled at its provider is expired where its time was over, and declined before", () => {
  const cancelled: PaymentReport = { ...base, state: "CANCELLED" };
  expect(follow([cancelled], 1_000).state).toBe("EXPIRED");
  expect(follow([cancelled], 999).state).toBe("DECLINED");
});

test("more than was asked for, nothing, another currency or another payment moves no deposit, wherever it stands", () => {
  const wrong: readonly PaymentReport[] = [
    { ...taken, amount: 5_001n },
    { ...taken, amount: 0n },
    { ...taken, currency: "USD" },
    { ...taken, reference: "pi_2" },
  ];
  for (const state of depositStates) {
    for (const report of wrong) {
      const decided = decideReport({ ...deposit, state, pspReference: "pi_1" }, report, 0);
      expect(decided).toMatchObject({ ok: false, error: { code: "PAYMENT_MISMATCH" } });
    }
  }
});
