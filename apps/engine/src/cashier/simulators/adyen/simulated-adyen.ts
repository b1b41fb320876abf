/** A card acquirer that speaks Adyen's dialect: orders are authorised, captured, and told of by signed notifications. */
import { createHash } from "node:crypto";
import type { FastifyReply } from "fastify";
import { type SignedItem, signAdyen } from "../../psp/adyen/adyen-signature.ts";
import { type Disputes, registerDisputes, type SimulatedDispute } from "../disputes.ts";
import { type Journal, openJournal, randomId } from "../journal.ts";
import {
  answerOrBreak,
  createPspServer,
  isApi,
  type PspServer,
  registerBank,
  type SimulatedPsp,
  type SimulatedPspOptions,
  slowMs,
} from "../serve.ts";
import { type Movement, registerSettlement } from "../settlement.ts";
import { disputeMovements } from "../stripe/settlement-api.ts";
import { findTestCard } from "../test-cards.ts";
import { sayAmount } from "../say-amount.ts";
import { registerAdyenBalances, registerAdyenReports } from "./settlement-api.ts";

interface AdyenOrder {
  readonly merchantAccount: string;
  readonly reference: string;
  readonly amount: { readonly value: number; readonly currency: string };
  readonly paymentMethod: { readonly storedPaymentMethodId: string };
  readonly shopperReference: string;
  readonly returnUrl?: string;
}

interface SimulatedPayment {
  /** The pspReference: 16 capitals and digits. */
  readonly id: string;
  readonly key: string | undefined;
  readonly order: AdyenOrder;
  readonly brand: string;
  status: "Received" | "RedirectShopper" | "Authorised" | "Refused" | "Captured" | "Cancelled";
  /** What was authorised, minor units. */
  authorised: number;
  captured: number;
  capturedAt?: string;
  refusal: { readonly code: string; readonly reason: string } | null;
}

interface Change {
  readonly eventCode: string;
  readonly success?: boolean;
  readonly value: number;
  readonly reason?: string;
  /** Set where it is about an earlier payment, and so has a reference of its own. */
  readonly modification?: boolean;
}

interface World extends PspServer {
  readonly payments: Journal<SimulatedPayment>;
  readonly merchant: string;
  readonly disputes: Disputes;
  readonly notify: (
    item: Omit<SignedItem, "merchantAccountCode">,
    more: { readonly additionalData?: Readonly<Record<string, string>>; readonly [field: string]: unknown },
  ) => void;
}

const newReference = () => randomId(8).toUpperCase();

export async function startSimulatedAdyen(options: SimulatedPspOptions): Promise<SimulatedPsp> {
  const parts = createPspServer(options);
  const payments = openJournal<SimulatedPayment>(options.journal);
  const notify: World["notify"] = (given, { additionalData = {}, ...more }) => {
    const item: SignedItem = { ...given, merchantAccountCode: options.merchant };
    const hmacSignature = signAdyen(item, options.webhookSecret);
    const eventDate = new Date().toISOString();
    const all = { ...additionalData, hmacSignature };
    const NotificationRequestItem = { ...item, ...more, eventDate, additionalData: all };
    parts.sender.send({
      body: JSON.stringify({ live: "false", notificationItems: [{ NotificationRequestItem }] }),
      headers: () => ({ "content-type": "application/json; charset=utf-8", "user-agent": "Adyen HttpClient 1.0" }),
    });
  };
  const disputes = registerDisputes(parts.server, {
    journal: options.journal,
    newId: newReference,
    findPayment: (depositId) => {
      const payment = payments.find(({ order }) => order.reference === depositId);
      return payment && { payment: payment.id, amount: payment.captured, currency: payment.order.amount.currency };
    },
    tell: (change, dispute) => tellDispute(notify, change, dispute),
  });
  const world: World = { ...parts, merchant: options.merchant, payments, disputes, notify };
  registerApi(world, options.secretKey);
  const settlement = registerSettlement({
    server: parts.server,
    journal: options.journal,
    faults: parts.faults,
    newId: () => newReference(),
    nameOf: (number) => `${options.merchant}-${number}`,
    movements: () => [...takenPayments(payments), ...disputeMovements(disputes)],
    ...(options.pay === undefined ? {} : { pay: options.pay }),
  });
  registerAdyenReports(parts.server, settlement, options.merchant);
  registerAdyenBalances(parts.server, settlement, options.balanceAccount ?? "");
  registerBank(parts.server, (id) => {
    const payment = world.payments.byId(id);
    if (payment === undefined) return undefined;
    const { amount, returnUrl } = payment.order;
    return {
      what: sayAmount(amount.value, amount.currency),
      returnUrl,
      decide: (yes) => {
        if (payment.status !== "RedirectShopper") return;
        if (yes) authorise(world, payment, amount.value);
        else refuse(world, payment, "11", "3D Not Authenticated");
      },
    };
  });
  return parts.listen();
}

function registerApi(world: World, apiKey: string): void {
  const { server, payments, faults, base } = world;
  server.addHook("preHandler", async (request, reply) => {
    if (!isApi(request)) return;
    const body = request.body as { merchantAccount?: string; merchantAccountCode?: string } | undefined;
    const account = body?.merchantAccount ?? body?.merchantAccountCode;
    if (request.headers["x-api-key"] !== apiKey) await fail(reply, 401, "000", "HTTP Status Response - Unauthorized");
    else if (!/^\/(reports|bcl)\//.test(request.url) && account !== world.merchant)
      await fail(reply, 403, "901", "Invalid Merchant Account");
    else if (faults.strikes("fail")) await fail(reply, 500, "905", "Payment details are not supported");
  });

  server.post("/pal/servlet/Recurring/v68/listRecurringDetails", (request) => {
    const { shopperReference } = request.body as { shopperReference: string };
    return { shopperReference, details: cardsOf(shopperReference) };
  });

  registerDisputeApi(world);

  server.post("/v71/payments", (request, reply) => {
    const order = request.body as AdyenOrder;
    const header = request.headers["idempotency-key"];
    const key = typeof header === "string" ? header : undefined;
    const earlier = key === undefined ? undefined : payments.find((payment) => payment.key === key);
    const payment = earlier ?? begin(world, order, key);
    if (payment === undefined) return fail(reply, 422, "800", "Contract not found");
    return answerOrBreak(faults, request, reply, render(payment, base()));
  });

  server.post<{ Params: { id: string } }>("/v71/payments/:id/captures", (request, reply) => {
    const payment = payments.byId(request.params.id);
    if (payment === undefined) return fail(reply, 422, "167", "Original pspReference required for this operation");
    const { amount } = request.body as { amount: { value: number } };
    if (payment.status === "Authorised") {
      payments.change(payment, {
        status: "Captured",
        captured: Math.min(amount.value, payment.authorised),
        capturedAt: new Date().toISOString(),
      });
      tell(world, payment, { eventCode: "CAPTURE", value: payment.captured, modification: true });
    }
    return received(reply, payment.id);
  });

  server.post<{ Params: { id: string } }>("/v71/payments/:id/cancels", (request, reply) => {
    const payment = payments.byId(request.params.id);
    if (payment === undefined) return fail(reply, 422, "167", "Original pspReference required for this operation");
    cancel(world, payment, "CANCELLATION");
    return received(reply, payment.id);
  });

  server.post("/v71/cancels", (request, reply) => {
    const { paymentReference } = request.body as { paymentReference: string };
    const payment = payments.find(({ order }) => order.reference === paymentReference);
    if (payment !== undefined) cancel(world, payment, "TECHNICAL_CANCEL");
    else {
      const eventCode = "TECHNICAL_CANCEL";
      const amount = { value: 0, currency: "EUR" };
      world.notify(
        { pspReference: newReference(), merchantReference: paymentReference, amount, eventCode, success: "false" },
        { reason: "Transaction not found" },
      );
    }
    return received(reply, newReference());
  });
}

function registerDisputeApi({ server, disputes }: World): void {
  type Body = { readonly disputePspReference: string; readonly defenseDocuments?: readonly { contentType: string }[] };
  server.post<{ Params: { act: string } }>("/ca/services/DisputeService/v30/:act", (request) => {
    const { disputePspReference, defenseDocuments = [] } = request.body as Body;
    const dispute = disputes.byId(disputePspReference);
    if (dispute === undefined) return { disputeServiceResult: { success: false, errorMessage: "Dispute not found" } };
    // A statement alone is no evidence; what the house adds to it is.
    for (const { contentType } of defenseDocuments.slice(1)) disputes.addFile(dispute, contentType);
    const acts: Readonly<Record<string, () => boolean>> = {
      supplyDefenseDocument: () => true,
      defendDispute: () => disputes.submit(dispute),
      acceptDispute: () => disputes.accept(dispute),
    };
    const success = acts[request.params.act]?.() ?? false;
    return { disputeServiceResult: { success, ...(success ? {} : { errorMessage: "Dispute is not defendable" }) } };
  });
}

function tellDispute(notify: World["notify"], change: "OPEN" | "WON" | "LOST", dispute: SimulatedDispute): void {
  const codes = { OPEN: "CHARGEBACK", WON: "CHARGEBACK_REVERSED", LOST: "SECOND_CHARGEBACK" };
  notify(
    {
      pspReference: change === "OPEN" ? dispute.id : newReference(),
      originalReference: dispute.payment,
      merchantReference: dispute.depositId,
      amount: { value: dispute.amount, currency: dispute.currency },
      eventCode: codes[change],
      success: "true",
    },
    {
      reason: "Fraud Card Absent",
      additionalData: {
        chargebackReasonCode: "10.4",
        defensePeriodEndsAt: dispute.dueAt,
        disputePspReference: dispute.id,
      },
    },
  );
}

/** Adyen's price without interchange: 0.9 % and eleven minor units. */
function takenPayments(payments: Journal<SimulatedPayment>): Movement[] {
  return payments.all().flatMap(({ id, status, captured, capturedAt, order }): Movement[] => {
    if (status !== "Captured" || capturedAt === undefined) return [];
    const fee = Math.min(Math.round(captured * 0.009) + 11, captured);
    const one = { key: `charge:${id}`, kind: "PAYMENT", payment: id, reference: id } as const;
    return [{ ...one, ours: order.reference, currency: order.amount.currency, gross: captured, fee, at: capturedAt }];
  });
}

/** Each player has one card of every kind stored. */
function cardsOf(shopperReference: string): object[] {
  return ["visa", "mastercard", "declined", "lost", "action", "slow", "partial", "disputed"].flatMap((kind) => {
    const token = `rec_${kind}_${shopperReference}`;
    const card = findTestCard(token, "rec");
    if (card === undefined) return [];
    return {
      RecurringDetail: {
        recurringDetailReference: token,
        alias: createHash("sha256").update(card.fingerprint).digest("hex").slice(0, 16).toUpperCase(),
        aliasType: "Default",
        paymentMethodVariant: card.brand,
        card: { number: card.last4, expiryMonth: "12", expiryYear: "2032", holderName: "A. Player" },
        additionalData: { issuerCountry: "MT" },
      },
    };
  });
}

/** Undefined where the token is no card of this player's. */
function begin(world: World, order: AdyenOrder, key: string | undefined): SimulatedPayment | undefined {
  const card = findTestCard(order.paymentMethod.storedPaymentMethodId, "rec");
  if (card === undefined) return undefined;
  const { value } = order.amount;
  const payment: SimulatedPayment = {
    id: newReference(),
    key,
    order,
    brand: card.brand,
    status: "Received",
    authorised: 0,
    captured: 0,
    refusal: null,
  };
  world.payments.add(payment);
  switch (card.conduct) {
    case "take":
      authorise(world, payment, value);
      break;
    case "partial":
      authorise(world, payment, Math.ceil(value / 2));
      break;
    case "decline":
      if (card.declineCode === "lost_card") refuse(world, payment, "5", "Blocked Card");
      else refuse(world, payment, "12", "Not enough balance");
      break;
    case "action":
      world.payments.change(payment, { status: "RedirectShopper" });
      break;
    case "dispute":
      authorise(world, payment, value);
      // Once it is captured, as it is right after it was authorised.
      setTimeout(() => world.disputes.open(order.reference), slowMs).unref();
      break;
    case "slow":
      setTimeout(() => {
        if (payment.status === "Received") authorise(world, payment, value);
      }, slowMs).unref();
  }
  return payment;
}

function authorise(world: World, payment: SimulatedPayment, authorised: number): void {
  world.payments.change(payment, { status: "Authorised", authorised });
  tell(world, payment, { eventCode: "AUTHORISATION", value: authorised });
}

function refuse(world: World, payment: SimulatedPayment, code: string, reason: string): void {
  world.payments.change(payment, { status: "Refused", refusal: { code, reason } });
  tell(world, payment, { eventCode: "AUTHORISATION", success: false, value: payment.order.amount.value, reason });
}

/** A captured payment can't be cancelled any more. */
function cancel(world: World, payment: SimulatedPayment, eventCode: "CANCELLATION" | "TECHNICAL_CANCEL"): void {
  const success = payment.status !== "Captured";
  if (success) world.payments.change(payment, { status: "Cancelled" });
  // The cancel by the merchant's reference says nothing where the payment was captured: the capture says it.
  if (!success && eventCode === "TECHNICAL_CANCEL") return;
  tell(world, payment, { eventCode, success, value: payment.order.amount.value, modification: true });
}

function tell({ notify }: World, payment: SimulatedPayment, change: Change): void {
  const { eventCode, success = true, value, reason, modification = false } = change;
  const { order, id, brand } = payment;
  notify(
    {
      pspReference: modification ? newReference() : id,
      ...(modification ? { originalReference: id } : {}),
      merchantReference: order.reference,
      amount: { value, currency: order.amount.currency },
      eventCode,
      success: success ? "true" : "false",
    },
    { paymentMethod: brand, ...(reason === undefined ? {} : { reason }) },
  );
}

function render(payment: SimulatedPayment, base: string): object {
  const { id, status, order, authorised, refusal } = payment;
  const resultCode = status === "Captured" ? "Authorised" : status;
  return {
    pspReference: id,
    resultCode,
    merchantReference: order.reference,
    ...(authorised === 0 ? {} : { amount: { value: authorised, currency: order.amount.currency } }),
    ...(refusal === null ? {} : { refusalReason: refusal.reason, refusalReasonCode: refusal.code }),
    ...(status === "RedirectShopper"
      ? { action: { type: "redirect", method: "GET", url: `${base}/bank/${id}`, paymentMethodType: "scheme" } }
      : {}),
  };
}

function received(reply: FastifyReply, reference: string): FastifyReply {
  return reply.code(201).send({ status: "received", paymentPspReference: reference, pspReference: newReference() });
}

function fail(reply: FastifyReply, status: number, errorCode: string, message: string): FastifyReply {
  return reply.code(status).send({ status, errorCode, message, errorType: "validation" });
}
