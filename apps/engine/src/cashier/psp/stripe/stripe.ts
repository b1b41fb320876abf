/**
 * Card payments in Stripe's dialect: form bodies, JSON answers, idempotency keys, expanded fields
 * (https://docs.stripe.com/api/payment_intents).
 */
import { z } from "zod";
import { type Away, callProvider, noAnswer, type Reply, uploadForm } from "../call.ts";
import {
  type Asked,
  type DisputeEvidence,
  type PaymentOrder,
  plainWebhookAnswer,
  type Psp,
  type Told,
  type WebhookReading,
} from "../psp.ts";
import type { PspSettings } from "../read-psps.ts";
import { createStripeClient, type StripeCall } from "./stripe-client.ts";
import {
  paymentIntent,
  paymentMethod,
  readIntent,
  readStripeEvent,
  stripeError,
  stripeEvent,
} from "./stripe-payment.ts";
import { checkStripeSignature } from "./stripe-signature.ts";

const withFee = "latest_charge.balance_transaction";

export function createStripe({ code, name, url, secretKey, webhookSecrets }: PspSettings): Psp {
  const { send, base, headers } = createStripeClient(url, secretKey);

  /** An answer that has a payment in it: the payment itself, or an error that brings it. */
  async function askPayment(call: StripeCall): Promise<Asked<Told>> {
    const reply = await send(call);
    if ("away" in reply) return noAnswer(reply);
    const { status, body } = reply;
    if (status === 200) return told(body);
    const failed = stripeError.safeParse(body).data?.error;
    // A declined card is an answer, and the payment comes with it.
    if (status === 402 && failed?.payment_intent !== undefined) return told(failed.payment_intent);
    return refusal(status, failed);
  }

  return {
    code,
    name,
    tellsFees: true,
    webhookAnswer: plainWebhookAnswer,
    ownsToken: (token) => token.startsWith("pm_"),
    keptHeaders: ["stripe-signature", "content-type", "user-agent"],
    async describeCard(token) {
      const reply = await send({ method: "GET", path: `/v1/payment_methods/${encodeURIComponent(token)}` });
      if ("away" in reply) return noAnswer(reply);
      if (reply.status === 404) return { kind: "answered", value: undefined };
      if (reply.status !== 200) return refusal(reply.status, stripeError.safeParse(reply.body).data?.error);
      const parsed = paymentMethod.safeParse(reply.body);
      if (!parsed.success) return { kind: "unanswered", why: z.prettifyError(parsed.error) };
      const { card } = parsed.data;
      return {
        kind: "answered",
        value: {
          fingerprint: card.fingerprint,
          brand: card.brand,
          last4: card.last4,
          expiresMonth: card.exp_month,
          expiresYear: card.exp_year,
          country: card.country ?? null,
        },
      };
    },
    startPayment: (order) =>
      askPayment({
        method: "POST",
        path: "/v1/payment_intents",
        form: orderForm(order),
        idempotencyKey: order.idempotencyKey,
      }),
    async findPayment({ reference, depositId }) {
      if (reference === null) return search(depositId);
      const path = `/v1/payment_intents/${encodeURIComponent(reference)}`;
      const reply = await send({ method: "GET", path, form: { "expand[]": withFee } });
      if ("away" in reply) return noAnswer(reply);
      if (reply.status === 404) return { kind: "answered", value: undefined };
      if (reply.status !== 200) return refusal(reply.status, stripeError.safeParse(reply.body).data?.error);
      return told(reply.body);
    },
    cancelPayment: async (reference) => {
      const path = `/v1/payment_intents/${encodeURIComponent(reference)}/cancel`;
      const answer = await askPayment({ method: "POST", path, form: { cancellation_reason: "abandoned" } });
      if (answer.kind !== "refused") return answer;
      // It can't be given up where it was paid or given up already: what it is now says which.
      const now = await askPayment({
        method: "GET",
        path: `/v1/payment_intents/${encodeURIComponent(reference)}`,
        form: { "expand[]": withFee },
      });
      return now.kind === "answered" ? now : answer;
    },
    async submitEvidence({ reference, text, files }) {
      const form: Record<string, string> = { "evidence[uncategorized_text]": text, submit: "true" };
      const [file] = files;
      if (file !== undefined) {
        const uploaded = await upload(file);
        if (uploaded.kind !== "answered") return uploaded;
        form["evidence[uncategorized_file]"] = uploaded.value;
      }
      return settled(await send({ method: "POST", path: `/v1/disputes/${encodeURIComponent(reference)}`, form }));
    },
    acceptDispute: async (reference) =>
      settled(await send({ method: "POST", path: `/v1/disputes/${encodeURIComponent(reference)}/close` })),
    readWebhook(body, headers, nowMs): WebhookReading {
      const checked = checkStripeSignature(body, headers["stripe-signature"], webhookSecrets, nowMs);
      if (!checked.ok) return { kind: "forged", why: checked.why };
      try {
        const { id, type } = stripeEvent.parse(JSON.parse(body.toString("utf8")));
        return { kind: "event", eventId: id, type };
      } catch {
        return { kind: "unreadable", why: "The body is not an event." };
      }
    },
    readEvent: readStripeEvent,
  };

  /** Stripe takes files at an address of their own, and answers with the file's id. */
  async function upload(file: DisputeEvidence["files"][number]): Promise<Asked<string>> {
    const reply = await callProvider({
      url: `${base.replace("//api.stripe.com", "//files.stripe.com")}/v1/files`,
      method: "POST",
      headers,
      body: uploadForm(file, "dispute_evidence"),
    });
    if ("away" in reply) return noAnswer(reply);
    const parsed = z.object({ id: z.string() }).safeParse(reply.body);
    if (reply.status === 200 && parsed.success) return { kind: "answered", value: parsed.data.id };
    return refusal(reply.status, stripeError.safeParse(reply.body).data?.error);
  }

  function settled(reply: Reply | Away): Asked<undefined> {
    if ("away" in reply) return noAnswer(reply);
    if (reply.status === 200) return { kind: "answered", value: undefined };
    return refusal(reply.status, stripeError.safeParse(reply.body).data?.error);
  }

  async function search(depositId: string): Promise<Asked<Told | undefined>> {
    const form = { query: `metadata['deposit_id']:'${depositId}'`, limit: "1" };
    const reply = await send({ method: "GET", path: "/v1/payment_intents/search", form });
    if ("away" in reply) return noAnswer(reply);
    if (reply.status !== 200) return refusal(reply.status, stripeError.safeParse(reply.body).data?.error);
    const found = z.object({ data: z.array(z.unknown()) }).safeParse(reply.body);
    if (!found.success) return { kind: "unanswered", why: "The answer can't be read." };
    const [first] = found.data.data;
    return first === undefined ? { kind: "answered", value: undefined } : told(first);
  }
}

function orderForm({ depositId, playerId, currency, amount, token, returnUrl }: PaymentOrder): Record<string, string> {
  return {
    amount: amount.toString(),
    currency: currency.toLowerCase(),
    payment_method: token,
    "payment_method_types[]": "card",
    confirm: "true",
    ...(returnUrl === null ? {} : { return_url: returnUrl }),
    "metadata[deposit_id]": depositId,
    "metadata[player_id]": playerId,
    "expand[]": withFee,
  };
}

function told(body: unknown): Asked<Told> {
  const parsed = paymentIntent.safeParse(body);
  if (!parsed.success) return { kind: "unanswered", why: `The answer can't be read: ${z.prettifyError(parsed.error)}` };
  const report = readIntent(parsed.data);
  return report === undefined
    ? { kind: "unanswered", why: `The currency ${parsed.data.currency} is not known.` }
    : { kind: "answered", value: report };
}

/**
 * A no to the request itself. Troubles of the provider, a request that is still under way there (409), too many of them
 * (429) and a key that is not taken say nothing about the payment.
 */
function refusal(
  status: number,
  error: z.infer<typeof stripeError>["error"] | undefined,
): Extract<Asked<never>, { kind: "unanswered" | "refused" }> {
  const why = `${status} ${error?.code ?? error?.type ?? ""} ${error?.message ?? ""}`.trim();
  // An order that is not the same as the first one under its key says nothing of what became of the first.
  const known = error !== undefined && error.type !== "idempotency_error";
  return known && [400, 402, 404].includes(status) ? { kind: "refused", why } : { kind: "unanswered", why };
}
