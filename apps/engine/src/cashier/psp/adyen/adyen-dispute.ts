/**
 * Adyen's disputes as its notifications tell them (https://docs.adyen.com/risk-management/disputes-api/dispute-notifications).
 * The reference of the CHARGEBACK is the dispute's; whatever comes later names the payment as its original, and the
 * house's deposit with it.
 */
import { isCurrency } from "@pitboss/domain/wallet/currency";
import type { EventMeaning } from "../psp.ts";
import type { NotificationItem } from "./adyen-payment.ts";

const states: Readonly<Record<string, "OPENED" | "WON" | "LOST">> = {
  CHARGEBACK: "OPENED",
  CHARGEBACK_REVERSED: "WON",
  PREARBITRATION_WON: "WON",
  SECOND_CHARGEBACK: "LOST",
  PREARBITRATION_LOST: "LOST",
  DISPUTE_DEFENSE_PERIOD_ENDED: "LOST",
};

/** Undefined where the notification is about no dispute. */
export function readDisputeItem(item: NotificationItem): EventMeaning | undefined {
  const { eventCode, originalReference, pspReference, merchantReference, amount, additionalData, reason } = item;
  if (eventCode === "NOTIFICATION_OF_CHARGEBACK" || eventCode === "REQUEST_FOR_INFORMATION") {
    return { kind: "nothing", why: "It announces a dispute; no money has moved yet." };
  }
  const state = states[eventCode];
  if (state === undefined) return undefined;
  const { currency, value } = amount;
  if (!isCurrency(currency)) return { kind: "unknown", why: `The currency ${currency} is not known.` };
  if (originalReference === undefined) return { kind: "unknown", why: "The dispute names no payment." };
  const due = Date.parse(additionalData["defensePeriodEndsAt"] ?? "");
  return {
    kind: "dispute",
    depositId: merchantReference === "" ? null : merchantReference,
    report: {
      reference: additionalData["disputePspReference"] ?? pspReference,
      payment: originalReference,
      state,
      currency,
      amount: BigInt(value),
      reasonCode: additionalData["chargebackReasonCode"] ?? "",
      reason: reason ?? eventCode.toLowerCase().replaceAll("_", " "),
      dueAt: Number.isNaN(due) ? null : new Date(due),
    },
  };
}
