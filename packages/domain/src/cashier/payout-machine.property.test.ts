import fc from "fast-check";
import { expect, test } from "vitest";
import {
  decidePayoutReport,
  decideUnknown,
  isUnderWay,
  payoutAfter,
  type PayoutFacts,
  payoutMachine,
  type PayoutReport,
  type PayoutState,
  payoutStates,
} from "./payout-machine.ts";

const base = { reference: "po_1", currency: "EUR", amount: 4_000n } as const;
const pending: PayoutReport = { ...base, state: "PENDING" };
const paid: PayoutReport = { ...base, state: "PAID" };
const partly: PayoutReport = { ...base, state: "PAID", paid: 1_500n };
const broadcast: PayoutReport = { ...base, state: "BROADCAST" };
const confirming: PayoutReport = { ...base, state: "CONFIRMING" };
const failed: PayoutReport = { ...base, state: "FAILED", failureCode: "account_closed", message: "Closed" };
const sent: PayoutFacts = { state: "SUBMITTED", currency: "EUR", amount: 4_000n, pspReference: null, paid: null };

/** Where the payout is after these reports, and what the ledger posted on the way. */
function follow(told: readonly PayoutReport[], from: "SUBMITTED" | "UNKNOWN") {
  let state: PayoutState = from;
  let pspReference: string | null = null;
  let arrived: bigint | null = null;
  const posted: string[] = [];
  for (const report of told) {
    const decided = decidePayoutReport({ ...sent, state, pspReference, paid: arrived }, report);
    if (!decided.ok) {
      posted.push("dead letter");
      continue;
    }
    if (decided.value.kind === "nothing") continue;
    const { event, to } = decided.value;
    if (event === "pay" || event === "payPart") posted.push("pay");
    if (event === "return" || event === "returnPaid") posted.push(event);
    if (event === "payPart" && report.state === "PAID") arrived = report.paid ?? null;
    state = to;
    pspReference = report.reference;
  }
  return { state, posted };
}

test("reports in any order, however often repeated, settle once at most and give back once at most", () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(pending, broadcast, confirming, paid, partly, failed), { maxLength: 12 }),
      fc.constantFrom("SUBMITTED" as const, "UNKNOWN" as const),
      (told, from) => {
        const { state, posted } = follow(told, from);
        const count = (event: string): number => posted.filter((one) => one === event).length;
        expect(count("pay")).toBeLessThanOrEqual(1);
        expect(count("return") + count("returnPaid")).toBeLessThanOrEqual(1);
        // What was paid first and came back then is given back from the provider, and never out of the hold.
        if (count("pay") === 1) expect(count("return")).toBe(0);
        else expect(count("returnPaid")).toBe(0);
        if (told.includes(failed)) expect(state).toBe("RETURNED");
        else if (told.includes(paid) || told.includes(partly)) expect(state).toBe("PAID");
      },
    ),
  );
});

test("a provider's word never moves a payout that the house has not sent, or has given back", () => {
  for (const state of payoutStates) {
    if (isUnderWay(state) || state === "PAID" || state === "RETURNED") continue;
    for (const report of [pending, paid, failed]) {
      expect(decidePayoutReport({ ...sent, state }, report)).toMatchObject({
        ok: false,
        error: { code: "PAYMENT_MISMATCH" },
      });
    }
  }
  expect(decidePayoutReport({ ...sent, state: "RETURNED" }, paid)).toMatchObject({ ok: false });
});

test("another amount, currency or payout moves nothing, wherever it stands", () => {
  const wrong: readonly PayoutReport[] = [
    { ...paid, amount: 4_001n },
    { ...paid, currency: "USD" },
    { ...paid, reference: "po_2" },
  ];
  for (const state of payoutStates) {
    for (const report of wrong) {
      expect(decidePayoutReport({ ...sent, state, pspReference: "po_1" }, report)).toMatchObject({ ok: false });
    }
  }
});

test("nothing is sent that people or rules have not let go, and nothing is taken back once it is sent", () => {
  for (const from of payoutStates) {
    const submits = payoutAfter(from, "submit") !== undefined;
    expect(submits).toBe(from === "APPROVED" || from === "AUTO_APPROVED" || from === "TRAVEL_RULE");
  }
  for (const from of ["SUBMITTED", "UNKNOWN", "BROADCAST", "CONFIRMING", "PAID"] as const) {
    expect(Object.keys(payoutMachine[from])).not.toContain("cancel");
    expect(Object.keys(payoutMachine[from])).not.toContain("reject");
  }
});

test("what a provider knows nothing of waits, is sent again while its key lives, and then is a person's", () => {
  const facts = { firstSentMs: 0, lastSentMs: 0, quietMs: 30, keyLivesMs: 1_000 };
  expect(decideUnknown({ ...facts, nowMs: 29 })).toBe("WAIT");
  expect(decideUnknown({ ...facts, nowMs: 30 })).toBe("RESUBMIT");
  expect(decideUnknown({ ...facts, nowMs: 999 })).toBe("RESUBMIT");
  expect(decideUnknown({ ...facts, nowMs: 1_000 })).toBe("ASK_A_PERSON");
  expect(decideUnknown({ ...facts, lastSentMs: 980, nowMs: 1_000 })).toBe("WAIT");
});

test("a part is less than all of it, is known again, and is no other part", () => {
  const facts = { ...sent, state: "PAID", pspReference: "po_1", paid: 1_500n } as const;
  expect(decidePayoutReport(sent, partly)).toMatchObject({ ok: true, value: { event: "payPart", to: "PAID" } });
  expect(decidePayoutReport(facts, partly)).toMatchObject({ ok: true, value: { kind: "nothing" } });
  expect(decidePayoutReport(facts, paid)).toMatchObject({ ok: false });
  expect(decidePayoutReport({ ...facts, paid: null }, partly)).toMatchObject({ ok: false });
  for (const wrong of [0n, -1n, 4_000n, 4_001n]) {
    expect(decidePayoutReport(sent, { ...base, state: "PAID", paid: wrong })).toMatchObject({ ok: false });
  }
});
