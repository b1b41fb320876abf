/** Checkout.com's disputes as they come over the wire (https://www.checkout.com/docs/disputes). */
import { isCurrency } from "@pitboss/domain/wallet/currency";
import { z } from "zod";
import type { EventMeaning } from "../psp.ts";

const checkoutDispute = z.object({
  id: z.string().min(1).max(255),
  amount: z.int().nonnegative(),
  currency: z.string(),
  payment_id: z.string().min(1).max(255),
  payment_reference: z.string().nullish(),
  reason_code: z.string().max(40),
  category: z.string().max(120),
  evidence_required_by: z.iso.datetime({ offset: true }).nullish(),
});

const states: Readonly<Record<string, "OPENED" | "WON" | "LOST">> = {
  dispute_received: "OPENED",
  dispute_evidence_required: "OPENED",
  dispute_won: "WON",
  dispute_canceled: "WON",
  dispute_lost: "LOST",
  dispute_expired: "LOST",
};

/** Undefined where the event is about no dispute. */
export function readDisputeEvent(type: string, data: unknown): EventMeaning | undefined {
  if (!type.startsWith("dispute_")) return undefined;
  const state = states[type];
  if (state === undefined) return { kind: "nothing", why: "Neither the beginning of a dispute nor its end." };
  const parsed = checkoutDispute.safeParse(data);
  if (!parsed.success) return { kind: "unknown", why: `The dispute can't be read: ${z.prettifyError(parsed.error)}` };
  const { id, amount, currency, payment_id: payment, payment_reference, reason_code, category } = parsed.data;
  if (!isCurrency(currency)) return { kind: "unknown", why: `The currency ${currency} is not known.` };
  const due = parsed.data.evidence_required_by;
  return {
    kind: "dispute",
    depositId: payment_reference ?? null,
    report: {
      reference: id,
      payment,
      state,
      currency,
      amount: BigInt(amount),
      reasonCode: reason_code,
      reason: category.replaceAll("_", " "),
      dueAt: due == null ? null : new Date(due),
    },
  };
}
