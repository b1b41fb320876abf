/**
 * Card payments in Checkout.com's dialect: JSON bodies, `Cko-Idempotency-Key`, payments with actions, webhooks that come
 * at least once and in any order (https://api-reference.checkout.com).
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
} from "../psp.ts";
import type { PspSettings } from "../read-psps.ts";
import {
  checkoutError,
  checkoutEvent,
  checkoutInstrument,
  checkoutPayment,
  readCheckoutEvent,
  readPayment,
} from "./checkout-payment.ts";
import { checkCheckoutSignature } from "./checkout-signature.ts";

export function createCheckout({ code, name, url, secretKey, merchant, webhookSecrets }: PspSettings): Psp {
  const base = url.replace(/\/$/, "");

  function send(
    method: "GET" | "POST" | "PUT",
    path: string,
    body?: object,
    idempotencyKey?: string,
  ): Promise<Reply | Away> {
    return callProvider({
      url: `${base}${path}`,
      method,
      headers: {
        authorization: `Bearer ${secretKey}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...(idempotencyKey === undefined ? {} : { "cko-idempotency-key": idempotencyKey }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  async function upload(file: DisputeEvidence["files"][number]): Promise<Asked<string>> {
    const reply = await callProvider({
      url: `${base}/files`,
      method: "POST",
      headers: { authorization: `Bearer ${secretKey}` },
      body: uploadForm(file, "dispute_evidence"),
    });
    if ("away" in reply) return noAnswer(reply);
    const parsed = z.object({ id: z.string() }).safeParse(reply.body);
    return reply.status === 200 && parsed.success ? { kind: "answered", value: parsed.data.id } : refusal(reply);
  }

  async function findByReference(depositId: string): Promise<Asked<Told | undefined>> {
    const reply = await send("GET", `/payments?limit=1&reference=${encodeURIComponent(depositId)}`);
    if ("away" in reply) return noAnswer(reply);
    if (reply.status !== 200) return refusal(reply);
    const parsed = z.object({ data: z.array(z.object({ id: z.string() })) }).safeParse(reply.body);
    if (!parsed.success) return { kind: "unanswered", why: "The answer can't be read." };
    const [first] = parsed.data.data;
    return first === undefined ? { kind: "answered", value: undefined } : findById(first.id);
  }

  async function findById(reference: string): Promise<Asked<Told | undefined>> {
    const reply = await send("GET", `/payments/${encodeURIComponent(reference)}`);
    if ("away" in reply) return noAnswer(reply);
    if (reply.status === 404) return { kind: "answered", value: undefined };
    return reply.status === 200 ? told(reply.body) : refusal(reply);
  }

  return {
    code,
    name,
    tellsFees: false,
    keptHeaders: ["cko-signature", "content-type", "user-agent"],
    webhookAnswer: plainWebhookAnswer,
    ownsToken: (token) => token.startsWith("src_"),
    async describeCard(token) {
      const reply = await send("GET", `/instruments/${encodeURIComponent(token)}`);
      if ("away" in reply) return noAnswer(reply);
      if (reply.status === 404) return { kind: "answered", value: undefined };
      if (reply.status !== 200) return refusal(reply);
      const parsed = checkoutInstrument.safeParse(reply.body);
      if (!parsed.success) return { kind: "unanswered", why: z.prettifyError(parsed.error) };
      const card = parsed.data;
      return {
        kind: "answered",
        value: {
          fingerprint: card.fingerprint,
          brand: (card.scheme ?? "card").toLowerCase(),
          last4: card.last4,
          expiresMonth: card.expiry_month,
          expiresYear: card.expiry_year,
          country: card.issuer_country ?? null,
        },
      };
    },
    async startPayment(order) {
      const reply = await send("POST", "/payments", orderBody(order, merchant), order.idempotencyKey);
      if ("away" in reply) return noAnswer(reply);
      return reply.status === 201 || reply.status === 202 ? told(reply.body) : refusal(reply);
    },
    findPayment: ({ reference, depositId }) => (reference === null ? findByReference(depositId) : findById(reference)),
    async cancelPayment(reference) {
      const reply = await send("POST", `/payments/${encodeURIComponent(reference)}/voids`, {}, `${reference}-void`);
      if ("away" in reply) return noAnswer(reply);
      // A void is only accepted here, and one that is forbidden may have been paid: what it is now says which.
      if (reply.status !== 202 && reply.status !== 403) return refusal(reply);
      const now = await findById(reference);
      if (now.kind !== "answered") return now;
      return now.value === undefined
        ? { kind: "unanswered", why: "The payment is gone." }
        : { kind: "answered", value: now.value };
    },
    async submitEvidence({ reference, text, files }) {
      const path = `/disputes/${encodeURIComponent(reference)}/evidence`;
      const evidence: Record<string, string> = { additional_evidence_text: text };
      const [file] = files;
      if (file !== undefined) {
        const uploaded = await upload(file);
        if (uploaded.kind !== "answered") return uploaded;
        evidence["additional_evidence_file"] = uploaded.value;
      }
      const kept = settled(await send("PUT", path, evidence));
      return kept.kind === "answered" ? settled(await send("POST", path, {})) : kept;
    },
    acceptDispute: async (reference) =>
      settled(await send("POST", `/disputes/${encodeURIComponent(reference)}/accept`, {})),
    readWebhook(body, headers) {
      const forged = checkCheckoutSignature(body, headers["cko-signature"], webhookSecrets);
      if (forged !== undefined) return { kind: "forged", why: forged };
      try {
        const event = checkoutEvent.parse(JSON.parse(body.toString("utf8")));
        return { kind: "event", eventId: event.id, type: event.type };
      } catch {
        return { kind: "unreadable", why: "The body is not an event." };
      }
    },
    readEvent: readCheckoutEvent,
  };
}

function orderBody(order: PaymentOrder, merchant: string | undefined): object {
  const { depositId, playerId, currency, amount, token, returnUrl } = order;
  return {
    source: { type: "id", id: token },
    amount: Number(amount),
    currency,
    reference: depositId,
    capture: true,
    "3ds": { enabled: true, attempt_n3d: true },
    customer: { id: `cus_${playerId}` },
    metadata: { deposit_id: depositId, player_id: playerId },
    ...(merchant === undefined ? {} : { processing_channel_id: merchant }),
    ...(returnUrl === null ? {} : { success_url: returnUrl, failure_url: returnUrl }),
  };
}

function settled(reply: Reply | Away): Asked<undefined> {
  if ("away" in reply) return noAnswer(reply);
  return reply.status === 204 ? { kind: "answered", value: undefined } : refusal(reply);
}

function told(body: unknown): Asked<Told> {
  const parsed = checkoutPayment.safeParse(body);
  if (!parsed.success) return { kind: "unanswered", why: `The answer can't be read: ${z.prettifyError(parsed.error)}` };
  const report = readPayment(parsed.data);
  return report === undefined
    ? { kind: "unanswered", why: `${parsed.data.status} in ${parsed.data.currency} is not known.` }
    : { kind: "answered", value: report };
}

/**
 * A no to the request itself. An order that is still under way there (409), too many of them (429), a key that is not
 * taken (401) and troubles of the provider say nothing about the payment.
 */
function refusal({ status, body }: Reply): Extract<Asked<never>, { kind: "unanswered" | "refused" }> {
  const error = checkoutError.safeParse(body).data;
  const why = `${status} ${error?.error_type ?? ""} ${error?.error_codes?.join(", ") ?? ""}`.trim();
  return status === 422 || status === 404 ? { kind: "refused", why } : { kind: "unanswered", why };
}
