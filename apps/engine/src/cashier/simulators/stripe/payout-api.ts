/** Payouts to cards, as Stripe takes them: pending at once, on their way, and then paid, failed, or paid and sent back. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Faults } from "../faults.ts";
import { newStripeId } from "./payments.ts";
import { type Payouts, renderPayout, type SimulatedPayout } from "./payouts.ts";
import { findTestCard } from "../test-cards.ts";

export interface PayoutWorld {
  readonly payouts: Payouts;
  readonly faults: Faults;
  readonly tell: (type: string, object: object) => void;
}

/** From the order to the bank's word, and from that to a bank's second thoughts, ms. */
const onItsWayMs = 700;
const secondThoughtsMs = 1_500;

export function registerPayoutApi(server: FastifyInstance, world: PayoutWorld): void {
  const { payouts } = world;
  server.post("/v1/payouts", (request, reply) => {
    const words = request.body as URLSearchParams;
    const key = request.headers["idempotency-key"];
    const idempotencyKey = typeof key === "string" ? key : undefined;
    const earlier = idempotencyKey === undefined ? undefined : payouts.byKey(idempotencyKey);
    if (earlier !== undefined && earlier.order !== words.toString()) {
      const message = "Keys can only be used with the same parameters.";
      return fail(reply, 400, { type: "idempotency_error", message });
    }
    if (earlier !== undefined) return answer(world, request, reply, earlier);
    const destination = words.get("destination") ?? "";
    const card = findTestCard(destination, "pm_card");
    if (card === undefined) {
      const message = `No such external account: ${destination}`;
      return fail(reply, 400, { type: "invalid_request_error", code: "resource_missing", message });
    }
    if (card.payout === "refuse") {
      const message = "This card can't receive payouts.";
      return fail(reply, 400, { type: "invalid_request_error", code: "instant_payouts_unsupported", message });
    }
    return answer(world, request, reply, begin(world, words, idempotencyKey));
  });

  server.get<{ Params: { id: string } }>("/v1/payouts/:id", (request, reply) => {
    const payout = payouts.byId(request.params.id);
    if (payout !== undefined) return reply.send(renderPayout(payout));
    return fail(reply, 404, { type: "invalid_request_error", code: "resource_missing", message: "No such payout" });
  });

  server.get<{ Querystring: Record<string, string | undefined> }>("/v1/payouts", (request) => {
    const { destination, limit, starting_after: after } = request.query;
    const all = payouts.list({ destination, createdFrom: Number(request.query["created[gte]"] ?? 0) });
    const from = after === undefined ? 0 : all.findIndex(({ id }) => id === after) + 1;
    const page = all.slice(from, from + Number(limit ?? 10));
    return { object: "list", data: page.map(renderPayout), has_more: from + page.length < all.length };
  });

  // What was on its way when the program ended goes on.
  for (const payout of payouts.list({ destination: undefined, createdFrom: 0 })) {
    if (payout.status === "pending" || payout.status === "in_transit") proceed(world, payout);
  }
}

function begin(world: PayoutWorld, words: URLSearchParams, idempotencyKey: string | undefined): SimulatedPayout {
  const metadata: Record<string, string> = {};
  for (const [name, value] of words) {
    const field = /^metadata\[([a-z_]+)\]$/.exec(name)?.[1];
    if (field !== undefined) metadata[field] = value;
  }
  const payout: SimulatedPayout = {
    id: newStripeId("po"),
    amount: Number(words.get("amount")),
    currency: words.get("currency") ?? "eur",
    destination: words.get("destination") ?? "",
    metadata,
    idempotencyKey,
    order: words.toString(),
    created: Math.floor(Date.now() / 1_000),
    status: "pending",
    failure: null,
  };
  world.payouts.add(payout);
  world.tell("payout.created", renderPayout(payout));
  proceed(world, payout);
  return payout;
}

function proceed(world: PayoutWorld, payout: SimulatedPayout): void {
  const { payouts, tell } = world;
  const change = (type: string, to: Partial<SimulatedPayout>): void => {
    payouts.change(payout, to);
    tell(type, renderPayout(payout));
  };
  const closed = { code: "account_closed", message: "The bank account has been closed." };
  const conduct = findTestCard(payout.destination, "pm_card")?.payout ?? "pay";
  if (conduct === "wait") return;
  setTimeout(() => {
    if (conduct === "fail") change("payout.failed", { status: "failed", failure: closed });
    else change("payout.paid", { status: "paid", wasPaid: true });
  }, onItsWayMs).unref();
  if (conduct !== "return") return;
  setTimeout(
    () => change("payout.failed", { status: "failed", failure: closed }),
    onItsWayMs + secondThoughtsMs,
  ).unref();
}

function answer(
  { faults }: PayoutWorld,
  request: FastifyRequest,
  reply: FastifyReply,
  payout: SimulatedPayout,
): FastifyReply {
  if (faults.strikes("lostAnswer")) {
    reply.hijack();
    request.raw.socket.destroy();
    return reply;
  }
  return reply.send(renderPayout(payout));
}

function fail(reply: FastifyReply, status: number, error: Readonly<Record<string, string>>): FastifyReply {
  return reply.code(status).send({ error });
}
