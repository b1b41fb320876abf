/** Stripe's disputes as they come over the wire (https://docs.stripe.com/api/disputes). */
import { isCurrency } from "@pitboss/domain/wallet/currency";
import { z } from "zod";
import type { EventMeaning } from "../psp.ts";

const stripeDispute = z.object({
  id: z.string().min(1).max(255),
  object: z.literal("dispute"),
  amount: z.int().nonnegative(),
  currency: z.string(),
  payment_intent: z.string().nullish(),
  reason: z.string().max(120),
  status: z.string(),
  network_reason_code: z.string().max(40).nullish(),
  evidence_details: z.object({ due_by: z.int().nullish() }).nullish(),
});

/** Undefined where the event is about no dispute. */
export function readDisputeEvent(type: string, object: unknown): EventMeaning | undefined {
  if (!type.startsWith("charge.dispute.")) return undefined;
  if (type !== "charge.dispute.created" && type !== "charge.dispute.closed") {
    return { kind: "nothing", why: "Neither the beginning of a dispute nor its end." };
  }
  const parsed = stripeDispute.safeParse(object);
  if (!parsed.success) return { kind: "unknown", why: `The dispute can't be read: ${z.prettifyError(parsed.error)}` };
  const { id, amount, payment_intent: payment, reason, status, network_reason_code, evidence_details } = parsed.data;
  const currency = parsed.data.currency.toUpperCase();
  if (!isCurrency(currency)) return { kind: "unknown", why: `The currency ${currency} is not known.` };
  if (payment == null) return { kind: "unknown", why: "The dispute names no payment." };
  const ended = status === "won" ? "WON" : status === "lost" ? "LOST" : undefined;
  const closed = type === "charge.dispute.closed";
  if (closed && ended === undefined) return { kind: "nothing", why: `It was closed as ${status}, and moved no money.` };
  const due = evidence_details?.due_by;
  return {
    kind: "dispute",
    depositId: null,
    report: {
      reference: id,
      payment,
      state: closed && ended !== undefined ? ended : "OPENED",
      currency,
      amount: BigInt(amount),
      reasonCode: network_reason_code ?? reason,
      reason: reason.replaceAll("_", " "),
      dueAt: due == null ? null : new Date(due * 1_000),
    },
  };
}
