/** A card acquirer that speaks Checkout.com's dialect: payments, instruments, voids, events at least once and unordered. */
import type { FastifyInstance, FastifyReply } from "fastify";
import { signCheckout } from "../../psp/checkout/checkout-signature.ts";
import { type Disputes, readUploadName, registerDisputes } from "../disputes.ts";
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
import { registerCheckoutBalances, registerCheckoutReports } from "./settlement-api.ts";

interface CheckoutOrder {
  readonly source: { readonly id: string };
  readonly amount: number;
  readonly currency: string;
  readonly reference: string;
  readonly success_url?: string;
}

interface SimulatedPayment {
  readonly id: string;
  readonly key: string | undefined;
  readonly order: CheckoutOrder;
  readonly requestedOn: string;
  status: "Pending" | "Authorized" | "Captured" | "Partially Captured" | "Declined" | "Voided";
  captured: number;
  failure: { readonly code: string; readonly summary: string } | null;
}

interface World extends PspServer {
  readonly payments: Journal<SimulatedPayment>;
  readonly tell: (type: string, payment: SimulatedPayment, amount: number) => void;
  readonly disputes: Disputes;
}

export async function startSimulatedCheckout(options: SimulatedPspOptions): Promise<SimulatedPsp> {
  const parts = createPspServer(options);
  const payments = openJournal<SimulatedPayment>(options.journal);
  const tellOf = (type: string, data: object): void => {
    const created = new Date().toISOString();
    const body = JSON.stringify({ id: `evt_${randomId(13)}`, type, version: "1.0.0", created_on: created, data });
    const signature = signCheckout(Buffer.from(body), options.webhookSecret);
    parts.sender.send({
      body,
      headers: () => ({
        "content-type": "application/json; charset=utf-8",
        "user-agent": "Checkout.com/webhooks",
        "cko-signature": signature,
      }),
    });
  };
  const disputes = registerDisputes(parts.server, {
    journal: options.journal,
    newId: () => `dsp_${randomId(11)}`,
    findPayment: (depositId) => {
      const payment = payments.find(({ order }) => order.reference === depositId);
      return payment && { payment: payment.id, amount: payment.captured, currency: payment.order.currency };
    },
    tell: (change, dispute) =>
      tellOf(change === "OPEN" ? "dispute_received" : change === "WON" ? "dispute_won" : "dispute_lost", {
        id: dispute.id,
        amount: dispute.amount,
        currency: dispute.currency,
        payment_id: dispute.payment,
        payment_reference: dispute.depositId,
        reason_code: "10.4",
        category: "fraudulent",
        evidence_required_by: dispute.dueAt,
      }),
  });
  const world: World = {
    ...parts,
    payments,
    disputes,
    tell: (type, { id, order, failure }, amount) =>
      tellOf(type, {
        id,
        action_id: `act_${randomId(13)}`,
        amount,
        currency: order.currency,
        reference: order.reference,
        processed_on: new Date().toISOString(),
        ...(failure === null ? {} : { response_code: failure.code, response_summary: failure.summary }),
      }),
  };
  registerApi(world, options.secretKey);
  const settlement = registerSettlement({
    server: parts.server,
    journal: options.journal,
    faults: parts.faults,
    newId: () => randomId(13).toUpperCase(),
    movements: () => [...takenPayments(payments), ...disputeMovements(disputes)],
    ...(options.pay === undefined ? {} : { pay: options.pay }),
  });
  registerCheckoutReports(parts.server, settlement);
  registerCheckoutBalances(parts.server, settlement, options.balanceAccount ?? "");
  registerBank(parts.server, (id) => {
    const payment = world.payments.byId(id);
    if (payment === undefined) return undefined;
    const { amount, currency, success_url: returnUrl } = payment.order;
    return {
      what: sayAmount(amount, currency),
      returnUrl,
      decide: (yes) => {
        if (payment.status !== "Pending") return;
        if (yes) take(world, payment, amount);
        else decline(world, payment, "20151", "Cardholder failed 3DS authentication");
      },
    };
  });
  return parts.listen();
}

function registerApi(world: World, secretKey: string): void {
  const { server, payments, faults, base } = world;
  server.addHook("preHandler", async (request, reply) => {
    if (!isApi(request)) return;
    if (request.headers.authorization !== `Bearer ${secretKey}`) await reply.code(401).send();
    else if (faults.strikes("fail")) await reply.code(500).send();
  });
  registerReading(server, world);
  registerDisputeApi(world);

  server.post("/payments", (request, reply) => {
    const order = request.body as CheckoutOrder;
    const header = request.headers["cko-idempotency-key"];
    const key = typeof header === "string" ? header : undefined;
    const earlier = key === undefined ? undefined : payments.find((payment) => payment.key === key);
    const payment = earlier ?? begin(world, order, key);
    if (payment === undefined) return invalid(reply, "source_id_invalid");
    reply.code(payment.status === "Pending" ? 202 : 201);
    return answerOrBreak(faults, request, reply, render(payment, base()));
  });

  server.post<{ Params: { id: string } }>("/payments/:id/voids", (request, reply) => {
    const payment = payments.byId(request.params.id);
    if (payment === undefined) return reply.code(404).send();
    if (payment.status !== "Pending" && payment.status !== "Authorized") return reply.code(403).send();
    payments.change(payment, { status: "Voided" });
    world.tell("payment_voided", payment, payment.order.amount);
    return reply.code(202).send({ action_id: `act_${randomId(13)}`, reference: payment.order.reference });
  });
}

/** Checkout.com's price: 1.1 % and 20 minor units. */
function takenPayments(payments: Journal<SimulatedPayment>): Movement[] {
  return payments.all().flatMap(({ id, captured, order, requestedOn }): Movement[] => {
    if (captured === 0) return [];
    const fee = Math.min(Math.round(captured * 0.011) + 20, captured);
    const one = { key: `charge:${id}`, kind: "PAYMENT", payment: id, reference: id } as const;
    return [{ ...one, ours: order.reference, currency: order.currency, gross: captured, fee, at: requestedOn }];
  });
}

function registerDisputeApi({ server, disputes }: World): void {
  const uploads = new Map<string, string>();
  server.post("/files", (request, reply) => {
    const name = readUploadName(request.body);
    if (name === undefined) return invalid(reply, "file_required");
    const id = `file_${randomId(13)}`;
    uploads.set(id, name);
    return reply.send({ id });
  });
  server.put<{ Params: { id: string } }>("/disputes/:id/evidence", (request, reply) => {
    const dispute = disputes.byId(request.params.id);
    if (dispute === undefined) return reply.code(404).send();
    const { additional_evidence_file: id } = request.body as { additional_evidence_file?: string };
    const file = id === undefined ? undefined : uploads.get(id);
    if (file !== undefined) disputes.addFile(dispute, file);
    return reply.code(204).send();
  });
  server.post<{ Params: { id: string } }>("/disputes/:id/evidence", (request, reply) => {
    const dispute = disputes.byId(request.params.id);
    if (dispute === undefined) return reply.code(404).send();
    return disputes.submit(dispute) ? reply.code(204).send() : invalid(reply, "dispute_already_resolved");
  });
  server.post<{ Params: { id: string } }>("/disputes/:id/accept", (request, reply) => {
    const dispute = disputes.byId(request.params.id);
    if (dispute === undefined) return reply.code(404).send();
    return disputes.accept(dispute) ? reply.code(204).send() : invalid(reply, "dispute_already_resolved");
  });
}

function registerReading(server: FastifyInstance, { payments, base }: World): void {
  server.get<{ Params: { id: string } }>("/instruments/:id", (request, reply) => {
    const card = findTestCard(request.params.id, "src");
    if (card === undefined) return reply.code(404).send();
    return reply.send({
      id: request.params.id,
      type: "card",
      fingerprint: card.fingerprint,
      expiry_month: 12,
      expiry_year: 2032,
      scheme: card.brand === "visa" ? "Visa" : "Mastercard",
      last4: card.last4,
      issuer_country: "MT",
    });
  });
  server.get<{ Querystring: { reference?: string } }>("/payments", (request) => {
    const found = payments.find(({ order }) => order.reference === request.query.reference);
    return { total_count: found === undefined ? 0 : 1, data: found === undefined ? [] : [render(found, base())] };
  });
  server.get<{ Params: { id: string } }>("/payments/:id", (request, reply) => {
    const payment = payments.byId(request.params.id);
    return payment === undefined ? reply.code(404).send() : reply.send(render(payment, base()));
  });
}

/** Undefined where the token is no card's. */
function begin(world: World, order: CheckoutOrder, key: string | undefined): SimulatedPayment | undefined {
  const card = findTestCard(order.source.id, "src");
  if (card === undefined) return undefined;
  const payment: SimulatedPayment = {
    id: `pay_${randomId(13)}`,
    key,
    order,
    requestedOn: new Date().toISOString(),
    status: "Authorized",
    captured: 0,
    failure: null,
  };
  world.payments.add(payment);
  switch (card.conduct) {
    case "take":
      take(world, payment, order.amount);
      break;
    case "partial":
      take(world, payment, Math.ceil(order.amount / 2));
      break;
    case "decline":
      if (card.declineCode === "lost_card") decline(world, payment, "30041", "Lost card - Pick up");
      else decline(world, payment, "20051", "Insufficient funds");
      break;
    case "action":
      world.payments.change(payment, { status: "Pending" });
      world.tell("payment_pending", payment, order.amount);
      break;
    case "dispute":
      take(world, payment, order.amount);
      setTimeout(() => world.disputes.open(order.reference), slowMs).unref();
      break;
    case "slow":
      world.tell("payment_approved", payment, order.amount);
      setTimeout(() => {
        if (payment.status === "Authorized") take(world, payment, order.amount);
      }, slowMs).unref();
  }
  return payment;
}

function take({ payments, tell }: World, payment: SimulatedPayment, captured: number): void {
  const whole = captured === payment.order.amount;
  payments.change(payment, { status: whole ? "Captured" : "Partially Captured", captured });
  // The approval comes as well, and not always first.
  tell("payment_approved", payment, payment.order.amount);
  tell("payment_captured", payment, captured);
}

function decline({ payments, tell }: World, payment: SimulatedPayment, code: string, summary: string): void {
  payments.change(payment, { status: "Declined", failure: { code, summary } });
  tell("payment_declined", payment, payment.order.amount);
}

function render({ id, order, status, captured, failure, requestedOn }: SimulatedPayment, base: string): object {
  const { amount, currency, reference } = order;
  return {
    id,
    status,
    amount,
    currency,
    reference,
    requested_on: requestedOn,
    approved: status !== "Declined",
    balances: { total_authorized: amount, total_captured: captured },
    ...(failure === null ? {} : { response_code: failure.code, response_summary: failure.summary }),
    _links: {
      self: { href: `${base}/payments/${id}` },
      ...(status === "Pending" ? { redirect: { href: `${base}/bank/${id}` } } : {}),
    },
  };
}

function invalid(reply: FastifyReply, code: string): FastifyReply {
  return reply.code(422).send({ request_id: randomId(8), error_type: "request_invalid", error_codes: [code] });
}
