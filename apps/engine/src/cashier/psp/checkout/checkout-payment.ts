/** Checkout.com's objects as they come over the wire, and what they mean here. Fields that are not named are ignored. */
import type { PaymentReport } from "@pitboss/domain/cashier/deposit-machine";
import { isCurrency } from "@pitboss/domain/wallet/currency";
import { z } from "zod";
import type { EventMeaning, Told } from "../psp.ts";
import { readDisputeEvent } from "./checkout-dispute.ts";

const minorUnits = z.int().nonnegative();
const id = z.string().min(1).max(255);

export const checkoutPayment = z.object({
  id,
  status: z.string(),
  amount: minorUnits,
  currency: z.string(),
  reference: z.string().nullish(),
  response_code: z.string().nullish(),
  response_summary: z.string().nullish(),
  balances: z.object({ total_captured: minorUnits }).nullish(),
  actions: z
    .array(z.object({ type: z.string(), response_code: z.string().nullish(), response_summary: z.string().nullish() }))
    .nullish(),
  _links: z.object({ redirect: z.object({ href: z.string() }).nullish() }).nullish(),
});
export type CheckoutPayment = z.infer<typeof checkoutPayment>;

export const checkoutInstrument = z.object({
  id,
  type: z.literal("card"),
  fingerprint: id,
  expiry_month: z.int().min(1).max(12),
  expiry_year: z.int().min(2000).max(2200),
  scheme: z.string().max(40).nullish(),
  last4: z.string().regex(/^[0-9]{4}$/),
  issuer_country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .nullish(),
});

export const checkoutError = z.object({
  error_type: z.string().nullish(),
  error_codes: z.array(z.string()).nullish(),
});

/** Undefined where it is in a currency, or in a state, that the house does not know. */
export function readPayment(payment: CheckoutPayment): Told | undefined {
  if (!isCurrency(payment.currency)) return undefined;
  const base = { reference: payment.id, currency: payment.currency };
  const report = ((): PaymentReport | undefined => {
    switch (payment.status) {
      case "Captured":
      case "Partially Captured":
        return { ...base, state: "TAKEN", amount: BigInt(payment.balances?.total_captured ?? payment.amount), fee: 0n };
      case "Pending": {
        const url = payment._links?.redirect?.href;
        return url === undefined ? { ...base, state: "PROCESSING" } : { ...base, state: "ACTION", url };
      }
      case "Authorized":
        return { ...base, state: "PROCESSING" };
      case "Declined":
        return { ...base, state: "FAILED", ...reasonOf(payment) };
      case "Canceled":
      case "Voided":
      case "Expired":
        return { ...base, state: "CANCELLED" };
      default:
        return undefined;
    }
  })();
  return report && { ...report, feeKnown: false };
}

function reasonOf({ response_code, response_summary, actions }: CheckoutPayment) {
  const last = actions?.at(0);
  return {
    failureCode: response_code ?? last?.response_code ?? "declined",
    message: response_summary ?? last?.response_summary ?? "The card was declined.",
  };
}

export const checkoutEvent = z.object({ id, type: z.string().min(1).max(120), data: z.unknown() });

const eventPayment = z.object({
  id,
  amount: minorUnits,
  currency: z.string(),
  reference: z.string().nullish(),
  response_code: z.string().nullish(),
  response_summary: z.string().nullish(),
});

/** What became of the payment, by the event's type. An approval is only a promise until the capture. */
const states: Readonly<Record<string, string>> = {
  payment_approved: "Authorized",
  payment_captured: "Captured",
  payment_declined: "Declined",
  payment_authentication_failed: "Declined",
  payment_capture_declined: "Declined",
  payment_canceled: "Canceled",
  payment_voided: "Voided",
  payment_expired: "Expired",
};

export function readCheckoutEvent(body: Buffer): EventMeaning {
  const event = checkoutEvent.parse(JSON.parse(body.toString("utf8")));
  const dispute = readDisputeEvent(event.type, event.data);
  if (dispute !== undefined) return dispute;
  // It names no address of the player's bank, and may overtake the answer that does.
  if (event.type === "payment_pending") return { kind: "nothing", why: "The player has to confirm it first." };
  const status = states[event.type];
  if (status === undefined) return { kind: "unknown", why: `Nothing here is prepared for ${event.type}.` };
  const parsed = eventPayment.safeParse(event.data);
  if (!parsed.success) return { kind: "unknown", why: `The payment can't be read: ${z.prettifyError(parsed.error)}` };
  const report = readPayment({ ...parsed.data, status });
  if (report === undefined) return { kind: "unknown", why: `The currency ${parsed.data.currency} is not known.` };
  return { kind: "payment", depositId: parsed.data.reference ?? null, report };
}
