/**
 * A bank as a way by which payouts leave. They leave in files (`gather-batch.ts`), so that one alone is never submitted;
 * asked about, each is found by itself.
 */
import type { PayoutReport } from "@pitboss/domain/cashier/payout-machine";
import type { Currency } from "@pitboss/domain/wallet/currency";
import type { PayoutRail } from "../psp/payout-rail.ts";
import type { Bank, PaymentStatus } from "./bank.ts";
import { sayReason } from "./say-reason.ts";

export function createBankRail(bank: Bank): PayoutRail {
  return {
    code: bank.code,
    quietMs: bank.quietMs,
    keyLivesMs: bank.keyLivesMs,
    inFiles: true,
    currency: bank.account.currency,
    submit: () => Promise.reject(new Error("a payout by bank transfer leaves in a file")),
    async query({ payoutId, reference, amount }) {
      const asked = await bank.findPayment(payoutId);
      if (asked.kind !== "answered") return { kind: "unanswered", why: asked.why };
      const found = asked.value?.payments.find(({ endToEndId }) => endToEndId === payoutId);
      if (found !== undefined) {
        const report = reportOfPayment(found, { pspReference: reference, amount, currency: bank.account.currency });
        return { kind: "found", report };
      }
      // It was acknowledged under this id before, so that its absence is a trouble of theirs and no answer.
      if (reference !== null) return { kind: "unanswered", why: "The bank does not find what it had acknowledged." };
      return { kind: "not-found" };
    },
    // Messages of a bank are about many payments, and are processed by themselves.
    readPayoutEvent: () => ({ kind: "other" }),
  };
}

interface Ordered {
  readonly pspReference: string | null;
  readonly amount: bigint;
  readonly currency: Currency;
}

/** What the bank says of one payment. Its amount is what was ordered: a bank names what it paid where that is less. */
export function reportOfPayment(
  { endToEndId, state, reference, reason, status, settled }: PaymentStatus,
  { pspReference, amount, currency }: Ordered,
): PayoutReport {
  const base = { reference: reference ?? pspReference ?? endToEndId, currency, amount };
  if (state === "FAILED") {
    const failureCode = reason ?? status;
    return { ...base, state, failureCode, message: sayReason(failureCode) };
  }
  if (state === "PENDING") return { ...base, state };
  return settled === null || settled === amount ? { ...base, state } : { ...base, state, paid: settled };
}
