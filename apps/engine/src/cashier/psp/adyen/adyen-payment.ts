/** Adyen's objects as they come over the wire, and what they mean here. Fields that are not named are ignored. */
import type { PaymentReport } from "@pitboss/domain/cashier/deposit-machine";
import { type Currency, isCurrency } from "@pitboss/domain/wallet/currency";
import { z } from "zod";
import type { EventMeaning, Told } from "../psp.ts";
import { readDisputeItem } from "./adyen-dispute.ts";
import { refusalCodeOf } from "./refusal-reasons.ts";

const amount = z.object({ value: z.int().nonnegative(), currency: z.string() });
const reference = z.string().min(1).max(80);

export const adyenPayment = z.object({
  pspReference: reference.optional(),
  resultCode: z.string(),
  refusalReason: z.string().nullish(),
  refusalReasonCode: z.string().nullish(),
  /** What was authorised; less than was asked for where the bank covers only a part. */
  amount: amount.nullish(),
  action: z.object({ type: z.string(), url: z.string().nullish(), paymentData: z.string().nullish() }).nullish(),
});
export type AdyenPayment = z.infer<typeof adyenPayment>;

export const adyenError = z.object({
  status: z.int(),
  errorCode: z.string().nullish(),
  errorType: z.string().nullish(),
  message: z.string().nullish(),
});

export const recurringDetails = z.object({
  details: z
    .array(
      z.object({
        RecurringDetail: z.object({
          recurringDetailReference: z.string(),
          alias: z.string().min(1).max(255),
          paymentMethodVariant: z.string().max(40),
          card: z.object({
            number: z.string().regex(/^[0-9]{4}$/),
            expiryMonth: z.coerce.number().int().min(1).max(12),
            expiryYear: z.coerce.number().int().min(2000).max(2200),
          }),
          additionalData: z.record(z.string(), z.string()).nullish(),
        }),
      }),
    )
    .default([]),
});

/** What the answer to an order says; undefined where it says nothing that the house knows. */
export function readResult(payment: AdyenPayment, currency: Currency): Told | undefined {
  if (payment.pspReference === undefined) return undefined;
  const base = { reference: payment.pspReference, currency };
  const report = ((): PaymentReport | undefined => {
    switch (payment.resultCode) {
      // Authorised is a promise; the money is taken when its capture is confirmed.
      case "Authorised":
      case "Pending":
      case "Received":
        return { ...base, state: "PROCESSING" };
      case "RedirectShopper": {
        const url = payment.action?.url;
        return url == null ? { ...base, state: "PROCESSING" } : { ...base, state: "ACTION", url };
      }
      case "Refused":
      case "Error":
        return {
          ...base,
          state: "FAILED",
          failureCode: payment.refusalReasonCode ?? payment.resultCode.toLowerCase(),
          message: payment.refusalReason ?? "The card was declined.",
        };
      case "Cancelled":
        return { ...base, state: "CANCELLED" };
      default:
        return undefined;
    }
  })();
  return report && { ...report, feeKnown: false };
}

export const notificationItem = z.object({
  pspReference: reference,
  originalReference: z.string().max(80).optional(),
  merchantAccountCode: z.string().max(80),
  merchantReference: z.string().max(120).default(""),
  amount: amount.default({ value: 0, currency: "" }),
  eventCode: z.string().min(1).max(80),
  success: z.enum(["true", "false"]),
  eventDate: z.string(),
  reason: z.string().nullish(),
  additionalData: z.record(z.string(), z.string()).default({}),
});
export type NotificationItem = z.infer<typeof notificationItem>;

/** The JSON form of a notification holds exactly one item. */
const notification = z.object({
  live: z.string(),
  notificationItems: z.tuple([z.object({ NotificationRequestItem: notificationItem })]),
});

export function readItem(body: Buffer): NotificationItem {
  return notification.parse(JSON.parse(body.toString("utf8"))).notificationItems[0].NotificationRequestItem;
}

/** Adyen names an event by what it is: a repeat has the same payment, code and result. */
export function eventIdOf({ pspReference, eventCode, success }: NotificationItem): string {
  return `${pspReference}:${eventCode}:${success}`;
}

/** The payment's own reference: what happens to it later has one of its own, and names the payment as the original. */
function paymentOf({ pspReference, originalReference }: NotificationItem): string {
  return originalReference === undefined || originalReference === "" ? pspReference : originalReference;
}

export function readNotification(body: Buffer): EventMeaning {
  const item = readItem(body);
  const dispute = readDisputeItem(item);
  if (dispute !== undefined) return dispute;
  const { eventCode, success, merchantReference } = item;
  const { currency, value } = item.amount;
  if (!isCurrency(currency)) return { kind: "unknown", why: `The currency ${currency} is not known.` };
  const base = { reference: paymentOf(item), currency };
  const good = success === "true";
  const failed = {
    failureCode: refusalCodeOf(item.reason ?? "declined"),
    message: item.reason ?? "The card was declined.",
  };
  const payment = (report: PaymentReport): EventMeaning => ({
    kind: "payment",
    depositId: merchantReference === "" ? null : merchantReference,
    report: { ...report, feeKnown: false },
  });
  switch (eventCode) {
    case "AUTHORISATION": {
      if (!good) return payment({ ...base, state: "FAILED", ...failed });
      const meaning = payment({ ...base, state: "PROCESSING" });
      const capture = { reference: base.reference, depositId: merchantReference, currency, amount: BigInt(value) };
      return meaning.kind === "payment" ? { ...meaning, capture } : meaning;
    }
    case "CAPTURE":
      return good
        ? payment({ ...base, state: "TAKEN", amount: BigInt(value), fee: 0n })
        : payment({ ...base, state: "FAILED", ...failed });
    case "CANCELLATION":
      return good ? payment({ ...base, state: "CANCELLED" }) : { kind: "nothing", why: "It could not be cancelled." };
    // A cancel by the house's own reference: it says no where there is nothing to cancel.
    case "TECHNICAL_CANCEL":
      return payment({ ...base, state: "CANCELLED" });
    case "REPORT_AVAILABLE":
      return { kind: "nothing", why: "A report is ready; reports are fetched by the reconciliation." };
    default:
      return { kind: "unknown", why: `Nothing here is prepared for ${eventCode}.` };
  }
}
