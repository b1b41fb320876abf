/**
 * Card payments in Adyen's dialect: an order is authorised, its money is asked for by a capture, and what becomes of
 * both is told by webhooks (https://docs.adyen.com/api-explorer/Checkout). There is no question about a payment: the
 * same order under its idempotency key gets its first answer again.
 */
import { z } from "zod";
import { type Away, callProvider, noAnswer, type Reply } from "../call.ts";
import type { Asked, Capture, PaymentOrder, Psp, Told } from "../psp.ts";
import type { PspSettings } from "../read-psps.ts";
import {
  adyenError,
  adyenPayment,
  eventIdOf,
  readItem,
  readNotification,
  readResult,
  recurringDetails,
} from "./adyen-payment.ts";
import { checkAdyenSignature } from "./adyen-signature.ts";

const disputeResult = z.object({
  disputeServiceResult: z.object({ success: z.boolean(), errorMessage: z.string().nullish() }),
});

export function createAdyen({ code, name, url, secretKey, merchant = "", webhookSecrets }: PspSettings): Psp {
  const base = url.replace(/\/$/, "");

  function send(path: string, body: object, idempotencyKey?: string): Promise<Reply | Away> {
    return callProvider({
      url: `${base}${path}`,
      method: "POST",
      headers: {
        "x-api-key": secretKey,
        "content-type": "application/json",
        ...(idempotencyKey === undefined ? {} : { "idempotency-key": idempotencyKey }),
      },
      body: JSON.stringify(body),
    });
  }

  async function capture({ reference, depositId, currency, amount }: Capture): Promise<Asked<undefined>> {
    const path = `/v71/payments/${encodeURIComponent(reference)}/captures`;
    const body = { merchantAccount: merchant, reference: depositId, amount: { value: Number(amount), currency } };
    const reply = await send(path, body, `${reference}-capture`);
    if ("away" in reply) return noAnswer(reply);
    return reply.status === 201 ? { kind: "answered", value: undefined } : refusal(reply);
  }

  async function dispute(act: string, body: object): Promise<Asked<undefined>> {
    const reply = await send(`/ca/services/DisputeService/v30/${act}`, body);
    if ("away" in reply) return noAnswer(reply);
    const parsed = disputeResult.safeParse(reply.body);
    if (reply.status !== 200 || !parsed.success) return refusal(reply);
    const { success, errorMessage } = parsed.data.disputeServiceResult;
    return success ? { kind: "answered", value: undefined } : { kind: "refused", why: errorMessage ?? act };
  }

  async function order(wanted: PaymentOrder): Promise<Asked<Told>> {
    const reply = await send("/v71/payments", orderBody(wanted, merchant), wanted.idempotencyKey);
    if ("away" in reply) return noAnswer(reply);
    if (reply.status !== 200) return refusal(reply);
    const parsed = adyenPayment.safeParse(reply.body);
    if (!parsed.success) return { kind: "unanswered", why: z.prettifyError(parsed.error) };
    const told = readResult(parsed.data, wanted.currency);
    if (told === undefined) return { kind: "unanswered", why: `The result ${parsed.data.resultCode} is not known.` };
    if (parsed.data.resultCode === "Authorised") {
      const { reference } = told;
      const amount = BigInt(parsed.data.amount?.value ?? wanted.amount);
      // Where this gets no answer the AUTHORISATION that comes by webhook asks again, under the same key.
      await capture({ reference, depositId: wanted.depositId, currency: wanted.currency, amount });
    }
    return { kind: "answered", value: told };
  }

  return {
    code,
    name,
    tellsFees: false,
    keptHeaders: ["content-type", "user-agent"],
    webhookAnswer: { type: "text/plain; charset=utf-8", body: "[accepted]" },
    ownsToken: (token) => !/^(pm|src)_/.test(token),
    async describeCard(token, playerId) {
      const body = { merchantAccount: merchant, shopperReference: playerId, recurring: { contract: "RECURRING" } };
      const reply = await send("/pal/servlet/Recurring/v68/listRecurringDetails", body);
      if ("away" in reply) return noAnswer(reply);
      if (reply.status !== 200) return refusal(reply);
      const parsed = recurringDetails.safeParse(reply.body);
      if (!parsed.success) return { kind: "unanswered", why: z.prettifyError(parsed.error) };
      const found = parsed.data.details.find((row) => row.RecurringDetail.recurringDetailReference === token);
      if (found === undefined) return { kind: "answered", value: undefined };
      const { alias, card, paymentMethodVariant, additionalData } = found.RecurringDetail;
      const country = additionalData?.["issuerCountry"];
      return {
        kind: "answered",
        value: {
          fingerprint: alias,
          brand: paymentMethodVariant,
          last4: card.number,
          expiresMonth: card.expiryMonth,
          expiresYear: card.expiryYear,
          country: country !== undefined && /^[A-Z]{2}$/.test(country) ? country : null,
        },
      };
    },
    startPayment: order,
    capturePayment: capture,
    async findPayment({ reference, depositId, order: again }) {
      if (reference !== null) return order(again);
      // Nobody knows whether the order arrived, and repeating it now would make it: it is cancelled by our own name for
      // it. What came of that is told by webhook.
      const reply = await send(
        "/v71/cancels",
        { merchantAccount: merchant, paymentReference: depositId, reference: depositId },
        `${again.idempotencyKey}-cancel`,
      );
      if ("away" in reply) return noAnswer(reply);
      return reply.status === 201 ? { kind: "unanswered", why: "It is being cancelled." } : refusal(reply);
    },
    async cancelPayment(reference) {
      const path = `/v71/payments/${encodeURIComponent(reference)}/cancels`;
      const reply = await send(path, { merchantAccount: merchant }, `${reference}-cancel`);
      if ("away" in reply) return noAnswer(reply);
      return reply.status === 201 ? { kind: "unanswered", why: "It is being cancelled." } : refusal(reply);
    },
    async submitEvidence({ reference, text, files }) {
      const about = { disputePspReference: reference, merchantAccountCode: merchant };
      const written = { name: "statement.txt", mediaType: "text/plain", bytes: Buffer.from(text) };
      const defenseDocuments = [written, ...files].map(({ mediaType, bytes }) => ({
        content: Buffer.from(bytes).toString("base64"),
        contentType: mediaType,
        defenseDocumentTypeCode: "DefenseMaterial",
      }));
      const supplied = await dispute("supplyDefenseDocument", { ...about, defenseDocuments });
      if (supplied.kind !== "answered") return supplied;
      return dispute("defendDispute", { ...about, defenseReasonCode: "SupplyDefenseMaterial" });
    },
    acceptDispute: (reference) =>
      dispute("acceptDispute", { disputePspReference: reference, merchantAccountCode: merchant }),
    readWebhook(body) {
      let item: ReturnType<typeof readItem>;
      try {
        item = readItem(body);
      } catch {
        // The signature lies inside what can't be read, so that nobody can say whose it is.
        return { kind: "forged", why: "The body is not a notification with one item." };
      }
      const forged = checkAdyenSignature(item, item.additionalData["hmacSignature"], webhookSecrets);
      if (forged !== undefined) return { kind: "forged", why: forged };
      if (item.merchantAccountCode !== merchant) return { kind: "forged", why: "It is of another merchant account." };
      return { kind: "event", eventId: eventIdOf(item), type: item.eventCode };
    },
    readEvent: readNotification,
  };
}

function orderBody(order: PaymentOrder, merchantAccount: string): object {
  const { depositId, playerId, currency, amount, token, returnUrl } = order;
  return {
    merchantAccount,
    reference: depositId,
    amount: { value: Number(amount), currency },
    paymentMethod: { type: "scheme", storedPaymentMethodId: token },
    shopperReference: playerId,
    shopperInteraction: "ContAuth",
    recurringProcessingModel: "CardOnFile",
    metadata: { deposit_id: depositId },
    ...(returnUrl === null ? {} : { returnUrl }),
  };
}

/** A no to the request itself; anything else says nothing about the payment. */
function refusal({ status, body }: Reply): Extract<Asked<never>, { kind: "unanswered" | "refused" }> {
  const error = adyenError.safeParse(body).data;
  const why = `${status} ${error?.errorCode ?? ""} ${error?.message ?? ""}`.trim();
  // 704 is an order that is still under way, whatever its status.
  const known = error !== undefined && error.errorCode !== "704";
  return known && (status === 400 || status === 422) ? { kind: "refused", why } : { kind: "unanswered", why };
}
