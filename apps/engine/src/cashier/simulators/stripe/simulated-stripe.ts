/** A card acquirer that speaks Stripe's dialect: payment intents, payment methods, signed events. */
import { setTimeout as sleep } from "node:timers/promises";
import type { AddressInfo } from "node:net";
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { signStripe } from "../../psp/stripe/stripe-signature.ts";
import { createFaults, type Faults, faultSettings, type FaultSettings } from "../faults.ts";
import { type Disputes, readUploadName, registerDisputes, type SimulatedDispute } from "../disputes.ts";
import { createWebhookSender } from "../send-webhooks.ts";
import { type Batch, registerSettlement } from "../settlement.ts";
import { registerPayoutApi } from "./payout-api.ts";
import { registerBalanceApi, registerReportApi, stripeMovements } from "./settlement-api.ts";
import { openPayouts } from "./payouts.ts";
import { newStripeId, openPayments, type Payments, renderIntent, type SimulatedPayment } from "./payments.ts";
import { findTestCard } from "../test-cards.ts";
import { sayAmount } from "../say-amount.ts";

export interface SimulatedStripeOptions {
  readonly port: number;
  readonly secretKey: string;
  readonly webhookSecret: string;
  /** Where its events go. */
  readonly webhookUrl: string;
  /** The file that its payments are kept in. */
  readonly journal: string;
  readonly faults?: Partial<FaultSettings>;
  /** Tells the house's bank that money is on its way. */
  readonly pay?: (batch: Batch) => Promise<void>;
}

export interface SimulatedStripe {
  readonly url: string;
  stop(): Promise<void>;
}

const slowMs = 2_000;
const form = "application/x-www-form-urlencoded";

interface World {
  readonly payments: Payments;
  readonly faults: Faults;
  readonly base: () => string;
  readonly tell: (type: string, payment: SimulatedPayment) => void;
  readonly disputes: Disputes;
}

export async function startSimulatedStripe(options: SimulatedStripeOptions): Promise<SimulatedStripe> {
  const server = Fastify({ forceCloseConnections: true });
  const faults = createFaults(faultSettings.parse(options.faults ?? {}));
  const sender = createWebhookSender(options.webhookUrl, faults);
  let base = "";
  const payments = openPayments(options.journal);
  const tellOf = (type: string, object: object): void => {
    const body = JSON.stringify({
      id: newStripeId("evt"),
      object: "event",
      type,
      created: Math.floor(Date.now() / 1_000),
      livemode: false,
      data: { object },
    });
    const headers = () => ({
      "content-type": "application/json; charset=utf-8",
      "user-agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
      "stripe-signature": signStripe(Buffer.from(body), options.webhookSecret, Math.floor(Date.now() / 1_000)),
    });
    sender.send({ body, headers });
  };
  const disputes = registerDisputes(server, {
    journal: options.journal,
    newId: () => newStripeId("dp"),
    findPayment: (depositId) => {
      const payment = payments.byMetadata("deposit_id", depositId);
      return payment && { payment: payment.id, amount: payment.received, currency: payment.currency };
    },
    tell: (change, dispute) =>
      tellOf(change === "OPEN" ? "charge.dispute.created" : "charge.dispute.closed", renderDispute(dispute)),
  });
  const world: World = {
    faults,
    payments,
    disputes,
    base: () => base,
    tell: (type, payment) => tellOf(type, renderIntent(payment, false, base)),
  };
  server.addContentTypeParser(form, { parseAs: "string" }, (_request, body, done) => {
    done(null, new URLSearchParams(body as string));
  });
  server.addHook("onSend", async (request, _reply, payload) => {
    if (request.url.startsWith("/v1/")) await sleep(faults.settings.answerDelayMs);
    return payload;
  });
  registerApi(server, world, options.secretKey);
  const payouts = openPayouts(`${options.journal}.payouts`);
  registerPayoutApi(server, { faults, tell: tellOf, payouts });
  const settlement = registerSettlement({
    server,
    journal: options.journal,
    faults,
    newId: () => newStripeId("po"),
    movements: () => stripeMovements(payments, payouts, disputes),
    ...(options.pay === undefined ? {} : { pay: options.pay }),
  });
  registerReportApi(server, settlement, () => base);
  registerBalanceApi(server, settlement);
  registerBank(server, world);
  registerDisputeApi(server, disputes);
  server.get("/_simulator/faults", () => faults.settings);
  server.put("/_simulator/faults", (request) => {
    faults.settings = faultSettings.parse(request.body);
    return faults.settings;
  });
  await server.listen({ host: "127.0.0.1", port: options.port });
  base = `http://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
  return {
    url: base,
    stop: async () => {
      settlement.stop();
      await sender.stop();
      await server.close();
    },
  };
}

function registerApi(server: FastifyInstance, world: World, secretKey: string): void {
  const { payments, faults, base } = world;
  server.addHook("preHandler", async (request, reply) => {
    if (!request.url.startsWith("/v1/")) return;
    if (request.headers.authorization !== `Bearer ${secretKey}`) {
      await fail(reply, 401, { type: "invalid_request_error", message: "Invalid API Key provided" });
    } else if (faults.strikes("fail")) {
      await fail(reply, 500, { type: "api_error", message: "An unknown error occurred" });
    }
  });

  server.get<{ Params: { id: string } }>("/v1/payment_methods/:id", (request, reply) => {
    const card = findTestCard(request.params.id, "pm_card");
    if (card === undefined) return missing(reply, "payment_method");
    const { brand, last4, fingerprint } = card;
    return reply.send({
      id: request.params.id,
      object: "payment_method",
      type: "card",
      card: { brand, last4, fingerprint, exp_month: 12, exp_year: 2032, country: "MT", funding: "credit" },
    });
  });

  server.post("/v1/payment_intents", (request, reply) => {
    const words = request.body as URLSearchParams;
    const key = request.headers["idempotency-key"];
    const earlier = typeof key === "string" ? payments.byKey(key) : undefined;
    if (earlier !== undefined && earlier.order !== words.toString()) {
      return fail(reply, 400, {
        type: "idempotency_error",
        message: "Keys can only be used with the same parameters.",
      });
    }
    const payment = earlier ?? begin(world, words, typeof key === "string" ? key : undefined);
    if (payment === undefined) return missing(reply, "payment_method");
    return answer(world, request, reply, payment);
  });

  server.get<{ Querystring: { query?: string } }>("/v1/payment_intents/search", (request) => {
    const [, name, value] = /^metadata\['([a-z_]+)'\]:'([^']+)'$/.exec(request.query.query ?? "") ?? [];
    const found = name === undefined || value === undefined ? undefined : payments.byMetadata(name, value);
    return {
      object: "search_result",
      has_more: false,
      data: found === undefined ? [] : [renderIntent(found, false, base())],
    };
  });

  server.get<{ Params: { id: string } }>("/v1/payment_intents/:id", (request, reply) => {
    const payment = payments.byId(request.params.id);
    return payment === undefined ? missing(reply, "payment_intent") : reply.send(renderIntent(payment, true, base()));
  });

  server.post<{ Params: { id: string } }>("/v1/payment_intents/:id/cancel", (request, reply) => {
    const payment = payments.byId(request.params.id);
    if (payment === undefined) return missing(reply, "payment_intent");
    if (payment.status === "succeeded" || payment.status === "canceled") {
      const message = `You cannot cancel this PaymentIntent because it has a status of ${payment.status}.`;
      const type = "invalid_request_error";
      return fail(reply, 400, { type, code: "payment_intent_unexpected_state", message });
    }
    payments.change(payment, { status: "canceled" });
    world.tell("payment_intent.canceled", payment);
    return reply.send(renderIntent(payment, true, base()));
  });
}

function registerDisputeApi(server: FastifyInstance, disputes: Disputes): void {
  const uploads = new Map<string, string>();
  server.post("/v1/files", (request, reply) => {
    const filename = readUploadName(request.body);
    if (filename === undefined) return missing(reply, "file");
    const id = newStripeId("file");
    uploads.set(id, filename);
    return reply.send({ id, object: "file", purpose: "dispute_evidence", filename });
  });
  server.post<{ Params: { id: string } }>("/v1/disputes/:id", (request, reply) => {
    const dispute = disputes.byId(request.params.id);
    if (dispute === undefined) return missing(reply, "dispute");
    const words = request.body as URLSearchParams;
    const file = uploads.get(words.get("evidence[uncategorized_file]") ?? "");
    if (file !== undefined) disputes.addFile(dispute, file);
    if (words.get("submit") === "true" && !disputes.submit(dispute)) return closed(reply);
    return reply.send(renderDispute(dispute));
  });
  server.post<{ Params: { id: string } }>("/v1/disputes/:id/close", (request, reply) => {
    const dispute = disputes.byId(request.params.id);
    if (dispute === undefined) return missing(reply, "dispute");
    return disputes.accept(dispute) ? reply.send(renderDispute(dispute)) : closed(reply);
  });
}

function closed(reply: FastifyReply): FastifyReply {
  return fail(reply, 400, { type: "invalid_request_error", message: "This dispute is already closed." });
}

function renderDispute(dispute: SimulatedDispute): object {
  const { id, payment, amount, currency, status, dueAt } = dispute;
  const words = { OPEN: "needs_response", SUBMITTED: "under_review", ACCEPTED: "lost", WON: "won", LOST: "lost" };
  return {
    id,
    object: "dispute",
    amount,
    currency,
    payment_intent: payment,
    charge: `ch_${payment.slice(3)}`,
    reason: "fraudulent",
    network_reason_code: "10.4",
    status: words[status],
    evidence_details: { due_by: Math.floor(Date.parse(dueAt) / 1_000), has_evidence: dispute.files.length > 0 },
  };
}

/** The page of the player's bank, where a payment is confirmed or not. */
function registerBank(server: FastifyInstance, world: World): void {
  server.get<{ Params: { id: string } }>("/3ds/:id", (request, reply) => {
    const payment = world.payments.byId(request.params.id);
    if (payment === undefined) return reply.code(404).send("There is no such payment.");
    const what = sayAmount(payment.amount, payment.currency);
    return reply.type("text/html; charset=utf-8").send(
      `<!doctype html><html lang="en"><title>Simulated bank</title><h1>Simulated bank</h1><p>Pay ${what}?</p>
       <form method="post"><button name="confirm" value="yes">Yes</button> <button name="confirm" value="no">No</button></form>`,
    );
  });
  server.post<{ Params: { id: string } }>("/3ds/:id", (request, reply) => {
    const payment = world.payments.byId(request.params.id);
    if (payment === undefined) return reply.code(404).send("There is no such payment.");
    const yes = (request.body as URLSearchParams).get("confirm") === "yes";
    if (payment.status === "requires_action") {
      if (yes) take(world, payment, payment.amount);
      else decline(world, payment, "authentication_required");
    }
    return payment.returnUrl === undefined ? reply.send("Done.") : reply.redirect(payment.returnUrl, 303);
  });
}

/** Undefined where the token is no card's. */
function begin(world: World, words: URLSearchParams, idempotencyKey: string | undefined): SimulatedPayment | undefined {
  const token = words.get("payment_method") ?? "";
  const card = findTestCard(token, "pm_card");
  if (card === undefined) return undefined;
  const metadata: Record<string, string> = {};
  for (const [name, value] of words) {
    const field = /^metadata\[([a-z_]+)\]$/.exec(name)?.[1];
    if (field !== undefined) metadata[field] = value;
  }
  const payment: SimulatedPayment = {
    id: newStripeId("pi"),
    amount: Number(words.get("amount")),
    currency: words.get("currency") ?? "eur",
    token,
    metadata,
    idempotencyKey,
    order: words.toString(),
    returnUrl: words.get("return_url") ?? undefined,
    created: Math.floor(Date.now() / 1_000),
    status: "processing",
    received: 0,
    failure: null,
  };
  world.payments.add(payment);
  switch (card.conduct) {
    case "take":
      take(world, payment, payment.amount);
      break;
    case "partial":
      take(world, payment, Math.ceil(payment.amount / 2));
      break;
    case "decline":
      decline(world, payment, card.declineCode ?? "generic_decline");
      break;
    case "action":
      world.payments.change(payment, { status: "requires_action" });
      world.tell("payment_intent.requires_action", payment);
      break;
    case "dispute":
      take(world, payment, payment.amount);
      setTimeout(() => world.disputes.open(payment.metadata["deposit_id"] ?? ""), slowMs).unref();
      break;
    case "slow":
      world.tell("payment_intent.processing", payment);
      setTimeout(() => {
        if (payment.status === "processing") take(world, payment, payment.amount);
      }, slowMs).unref();
  }
  return payment;
}

function take({ payments, tell }: World, payment: SimulatedPayment, received: number): void {
  payments.change(payment, { status: "succeeded", received, failure: null });
  tell("payment_intent.succeeded", payment);
}

function decline({ payments, tell }: World, payment: SimulatedPayment, declineCode: string): void {
  const message = `Your card was declined: ${declineCode.replaceAll("_", " ")}.`;
  payments.change(payment, { status: "requires_payment_method", failure: { declineCode, message } });
  tell("payment_intent.payment_failed", payment);
}

function answer(
  { faults, base }: World,
  request: FastifyRequest,
  reply: FastifyReply,
  payment: SimulatedPayment,
): FastifyReply {
  if (faults.strikes("lostAnswer")) {
    reply.hijack();
    request.raw.socket.destroy();
    return reply;
  }
  const intent = renderIntent(payment, true, base());
  if (payment.failure === null) return reply.send(intent);
  const { declineCode, message } = payment.failure;
  const error = { type: "card_error", code: "card_declined", decline_code: declineCode, message };
  return reply.code(402).send({ error: { ...error, payment_intent: intent } });
}

function missing(reply: FastifyReply, what: string): FastifyReply {
  return fail(reply, 404, { type: "invalid_request_error", code: "resource_missing", message: `No such ${what}` });
}

function fail(reply: FastifyReply, status: number, error: Readonly<Record<string, string>>): FastifyReply {
  return reply.code(status).send({ error });
}
