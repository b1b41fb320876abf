/**
 * Payouts to cards in Stripe's dialect (https://docs.stripe.com/api/payouts): an order carries the house's id in its
 * metadata and a key that Stripe takes once within 24 hours. Where Stripe's own id never arrived, the payouts to that
 * card since the order are listed and looked through, because listing sees what was taken at once and searching does not.
 */
import type { PayoutReport } from "@pitboss/domain/cashier/payout-machine";
import { isCurrency } from "@pitboss/domain/wallet/currency";
import { z } from "zod";
import type { PayoutEventMeaning, PayoutOrder, PayoutQuery, PayoutRail, Queried, Submitted } from "../payout-rail.ts";
import type { PspSettings } from "../read-psps.ts";
import { createStripeClient } from "./stripe-client.ts";
import { stripeError, stripeEvent } from "./stripe-payment.ts";

/** Stripe answers what it takes within seconds; half a minute later nothing of ours is still on its way there. */
const quietMs = 30_000;
/** Stripe forgets keys after 24 hours; an hour of that is left for clocks that differ. */
const keyLivesMs = 23 * 3_600_000;
const pageSize = 100;
/** A card that was paid more often than this since the order was sent is for a person to look at. */
const mostPages = 10;

const payout = z.object({
  id: z.string().min(1).max(255),
  object: z.literal("payout"),
  amount: z.int().positive(),
  currency: z.string(),
  status: z.enum(["pending", "in_transit", "paid", "failed", "canceled"]),
  failure_code: z.string().nullish(),
  failure_message: z.string().nullish(),
  metadata: z.record(z.string(), z.string()).default({}),
});
type StripePayout = z.infer<typeof payout>;

const payoutPage = z.object({ data: z.array(payout), has_more: z.boolean() });

export function createStripePayouts({ code, url, secretKey }: PspSettings): PayoutRail {
  const { send } = createStripeClient(url, secretKey);

  async function submit(order: PayoutOrder): Promise<Submitted> {
    const reply = await send({
      method: "POST",
      path: "/v1/payouts",
      form: orderForm(order),
      idempotencyKey: order.idempotencyKey,
    });
    if ("away" in reply) return { kind: "unanswered", why: reply.away };
    if (reply.status === 200) {
      const report = readAnswer(reply.body);
      return report.ok ? { kind: "accepted", report: report.value } : { kind: "unanswered", why: report.why };
    }
    const error = stripeError.safeParse(reply.body).data?.error;
    const why = `${reply.status} ${error?.code ?? error?.type ?? ""} ${error?.message ?? ""}`.trim();
    // Only a no to the order itself says that there is no payout: not a trouble of theirs, a key that is in use, too many
    // requests, a secret that they don't take, or an account of ours that is short of money for now.
    const final =
      reply.status === 400 && error?.type === "invalid_request_error" && error.code !== "balance_insufficient";
    return final ? { kind: "refused", code: error.code ?? "refused", why } : { kind: "unanswered", why };
  }

  async function query({ reference, payoutId, token, firstSentMs }: PayoutQuery): Promise<Queried> {
    if (reference === null) return search(payoutId, token, firstSentMs);
    const reply = await send({ method: "GET", path: `/v1/payouts/${encodeURIComponent(reference)}` });
    if ("away" in reply) return { kind: "unanswered", why: reply.away };
    // It was acknowledged under this id before, so that its absence is a trouble of theirs and no answer.
    if (reply.status !== 200) return { kind: "unanswered", why: `The provider answered ${reply.status}.` };
    const report = readAnswer(reply.body);
    return report.ok ? { kind: "found", report: report.value } : { kind: "unanswered", why: report.why };
  }

  async function search(payoutId: string, token: string, firstSentMs: number): Promise<Queried> {
    let after: string | undefined;
    for (let pages = 0; pages < mostPages; pages += 1) {
      const reply = await send({
        method: "GET",
        path: "/v1/payouts",
        form: {
          destination: token,
          // Their clock may be behind ours.
          "created[gte]": String(Math.floor(firstSentMs / 1_000) - 300),
          limit: String(pageSize),
          ...(after === undefined ? {} : { starting_after: after }),
        },
      });
      if ("away" in reply) return { kind: "unanswered", why: reply.away };
      const page = reply.status === 200 ? payoutPage.safeParse(reply.body) : undefined;
      if (page?.success !== true) return { kind: "unanswered", why: `The list can't be read (${reply.status}).` };
      const found = page.data.data.find(({ metadata }) => metadata["payout_id"] === payoutId);
      if (found !== undefined) {
        const report = readPayout(found);
        return report.ok ? { kind: "found", report: report.value } : { kind: "unanswered", why: report.why };
      }
      after = page.data.data.at(-1)?.id;
      if (!page.data.has_more || after === undefined) return { kind: "not-found" };
    }
    return { kind: "unanswered", why: "There are more payouts to this card than are looked through." };
  }

  return { code, quietMs, keyLivesMs, submit, query, readPayoutEvent };
}

function orderForm({ payoutId, playerId, currency, amount, token }: PayoutOrder): Record<string, string> {
  return {
    amount: amount.toString(),
    currency: currency.toLowerCase(),
    destination: token,
    method: "instant",
    "metadata[payout_id]": payoutId,
    "metadata[player_id]": playerId,
  };
}

type Reading = { readonly ok: true; readonly value: PayoutReport } | { readonly ok: false; readonly why: string };

function readAnswer(body: unknown): Reading {
  const parsed = payout.safeParse(body);
  return parsed.success
    ? readPayout(parsed.data)
    : { ok: false, why: `It can't be read: ${z.prettifyError(parsed.error)}` };
}

function readPayout({ id, amount, currency, status, failure_code, failure_message }: StripePayout): Reading {
  const code = currency.toUpperCase();
  if (!isCurrency(code)) return { ok: false, why: `The currency ${currency} is not known.` };
  const base = { reference: id, currency: code, amount: BigInt(amount) };
  switch (status) {
    case "pending":
    case "in_transit":
      return { ok: true, value: { ...base, state: "PENDING" } };
    case "paid":
      return { ok: true, value: { ...base, state: "PAID" } };
    case "failed":
    case "canceled": {
      const failureCode = failure_code ?? status;
      const message = failure_message ?? "The payout did not arrive.";
      return { ok: true, value: { ...base, state: "FAILED", failureCode, message } };
    }
  }
}

function readPayoutEvent(body: Buffer): PayoutEventMeaning {
  const event = stripeEvent.parse(JSON.parse(body.toString("utf8")));
  if (!event.type.startsWith("payout.")) return { kind: "other" };
  const parsed = payout.safeParse(event.data.object);
  if (!parsed.success) return { kind: "unknown", why: `The payout can't be read: ${z.prettifyError(parsed.error)}` };
  const report = readPayout(parsed.data);
  if (!report.ok) return { kind: "unknown", why: report.why };
  return { kind: "payout", payoutId: parsed.data.metadata["payout_id"] ?? null, report: report.value };
}
