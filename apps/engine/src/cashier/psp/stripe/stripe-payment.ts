/** Stripe's objects as they come over the wire, and what they mean here. Fields that are not named are ignored. */
import type { PaymentReport } from "@pitboss/domain/cashier/deposit-machine";
import { isCurrency } from "@pitboss/domain/wallet/currency";
import { z } from "zod";
import type { EventMeaning, Told } from "../psp.ts";
import { readDisputeEvent } from "./stripe-dispute.ts";

const minorUnits = z.int().nonnegative();

const balanceTransaction = z.object({ fee: z.int(), currency: z.string() });

export const paymentIntent = z.object({
  id: z.string().min(1).max(255),
  object: z.literal("payment_intent"),
  status: z.enum([
    "requires_payment_method",
    "requires_confirmation",
    "requires_action",
    "processing",
    "requires_capture",
    "canceled",
    "succeeded",
  ]),
  amount: minorUnits,
  amount_received: minorUnits,
  currency: z.string(),
  metadata: z.record(z.string(), z.string()).default({}),
  next_action: z.object({ redirect_to_url: z.object({ url: z.string() }).nullish() }).nullish(),
  last_payment_error: z
    .object({
      code: z.string().nullish(),
      decline_code: z.string().nullish(),
      message: z.string().nullish(),
    })
    .nullish(),
  /** An id, or the object where it was asked for with `expand`. */
  latest_charge: z
    .union([z.string(), z.object({ balance_transaction: z.union([z.string(), balanceTransaction]).nullish() })])
    .nullish(),
});
export type PaymentIntent = z.infer<typeof paymentIntent>;

export const paymentMethod = z.object({
  id: z.string(),
  type: z.literal("card"),
  card: z.object({
    brand: z.string().max(40),
    last4: z.string().regex(/^[0-9]{4}$/),
    exp_month: z.int().min(1).max(12),
    exp_year: z.int().min(2000).max(2200),
    fingerprint: z.string().min(1).max(255),
    country: z
      .string()
      .regex(/^[A-Z]{2}$/)
      .nullish(),
  }),
});

export const stripeError = z.object({
  error: z.object({
    type: z.string(),
    code: z.string().nullish(),
    message: z.string().nullish(),
    payment_intent: z.unknown().optional(),
  }),
});

/** Undefined where it is in a currency that the house does not know. */
export function readIntent(intent: PaymentIntent): Told | undefined {
  const currency = intent.currency.toUpperCase();
  if (!isCurrency(currency)) return undefined;
  const base = { reference: intent.id, currency };
  const fee = feeOf(intent);
  const report = ((): PaymentReport => {
    switch (intent.status) {
      case "succeeded":
        return { ...base, state: "TAKEN", amount: BigInt(intent.amount_received), fee: fee ?? 0n };
      case "requires_action": {
        const url = intent.next_action?.redirect_to_url?.url;
        return url === undefined ? { ...base, state: "PROCESSING" } : { ...base, state: "ACTION", url };
      }
      case "canceled":
        return { ...base, state: "CANCELLED" };
      case "requires_payment_method": {
        const failed = intent.last_payment_error;
        if (failed == null) return { ...base, state: "PROCESSING" };
        const failureCode = failed.decline_code ?? failed.code ?? "declined";
        return { ...base, state: "FAILED", failureCode, message: failed.message ?? "The card was declined." };
      }
      case "requires_confirmation":
      case "requires_capture":
      case "processing":
        return { ...base, state: "PROCESSING" };
    }
  })();
  return { ...report, feeKnown: fee !== undefined };
}

/** What Stripe keeps of it, in the payment's own currency; undefined where this answer does not say. */
function feeOf({ latest_charge: charge, currency }: PaymentIntent): bigint | undefined {
  const balance = typeof charge === "object" ? charge?.balance_transaction : undefined;
  if (typeof balance !== "object" || balance === null) return undefined;
  return balance.currency === currency && balance.fee >= 0 ? BigInt(balance.fee) : undefined;
}

export const stripeEvent = z.object({
  id: z.string().min(1).max(255),
  object: z.literal("event"),
  type: z.string().min(1).max(120),
  data: z.object({ object: z.unknown() }),
});

const paymentTypes = new Set([
  "payment_intent.succeeded",
  "payment_intent.payment_failed",
  "payment_intent.processing",
  "payment_intent.requires_action",
  "payment_intent.canceled",
]);

export function readStripeEvent(body: Buffer): EventMeaning {
  const event = stripeEvent.parse(JSON.parse(body.toString("utf8")));
  const dispute = readDisputeEvent(event.type, event.data.object);
  if (dispute !== undefined) return dispute;
  if (!paymentTypes.has(event.type)) {
    return { kind: "unknown", why: `Nothing here is prepared for ${event.type}.` };
  }
  const parsed = paymentIntent.safeParse(event.data.object);
  if (!parsed.success) return { kind: "unknown", why: `The payment can't be read: ${z.prettifyError(parsed.error)}` };
  const report = readIntent(parsed.data);
  if (report === undefined) return { kind: "unknown", why: `The currency ${parsed.data.currency} is not known.` };
  return { kind: "payment", depositId: parsed.data.metadata["deposit_id"] ?? null, report };
}
