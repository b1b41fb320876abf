/**
 * The house's bank. It takes batches of payments (pain.001) and says where they stand (pain.002), tells at once what
 * it books (camt.054), and has a statement of every day (camt.053). Each call and each webhook carries an HTTP message
 * signature. A day's statement is there once the day is over, or when it is asked to close it.
 */
import { createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { findForgery, signHttp } from "../../bank/http-signature.ts";
import type { Faults } from "../faults.ts";
import { type Journal, openJournal, randomId } from "../journal.ts";
import { createPspServer, isApi, type SimulatedPsp, type SimulatedPspOptions } from "../serve.ts";
import { payerIbanByName } from "./payment-services.ts";
import { type Booked, openPayments, type PaymentDesk } from "./payments.ts";
import { minorOf } from "./read-pain001.ts";
import { renderCamt053, type SimulatedEntry, type SimulatedStatement } from "./render-camt053.ts";
import { renderCamt054 } from "./render-camt054.ts";
import { renderPain002, type StatusReport } from "./render-pain002.ts";

export interface SimulatedBankOptions extends Pick<SimulatedPspOptions, "port" | "journal" | "webhookUrl" | "faults"> {
  readonly iban: string;
  readonly currency: string;
  /** How long it takes to book what was taken, ms. */
  readonly bookMs: number;
  /** Which of the house's keys its calls are signed with, and its public half as PEM. */
  readonly houseKeyId: string;
  readonly houseKey: string;
  readonly keyId: string;
  /** PEM, the bank's own. */
  readonly privateKey: string;
}

interface Booking extends SimulatedEntry {
  /** The statement that tells it; none until its day is closed. */
  statement: string | null;
}

interface World {
  readonly bookings: Journal<Booking>;
  readonly statements: Journal<SimulatedStatement>;
  readonly options: SimulatedBankOptions;
  readonly payments: PaymentDesk;
  readonly faults: Faults;
  /** Has it booked and told. */
  readonly book: (entry: Omit<SimulatedEntry, "id">) => Booking;
}

const closeEveryMs = 60_000;
const xml = "application/xml; charset=utf-8";
const iso = (at: Date): string => at.toISOString().slice(0, 10);

export async function startSimulatedBank(options: SimulatedBankOptions): Promise<SimulatedPsp> {
  const parts = createPspServer({ ...options, secretKey: "", webhookSecret: "", merchant: "" });
  const { server, faults, sender } = parts;
  const key = { keyId: options.keyId, privateKey: createPrivateKey(options.privateKey) };
  const path = new URL(options.webhookUrl).pathname;
  const send = (text: string): void => {
    const body = Buffer.from(text);
    const signed = { method: "POST", path, body, contentType: xml };
    sender.send({ body: text, headers: () => signHttp(signed, key, Math.floor(Date.now() / 1_000)) });
  };
  const bookings = openJournal<Booking>(options.journal);
  const book: World["book"] = (entry) => {
    const booking: Booking = { ...entry, id: `BK${randomId(7).toUpperCase()}`, statement: null };
    bookings.add(booking);
    const { iban, currency } = options;
    send(renderCamt054({ id: `NTF-${booking.id}`, iban, currency, entries: [booking] }, new Date()));
    return booking;
  };
  const payments = openPayments({
    iban: options.iban,
    currency: options.currency,
    journal: options.journal,
    bookMs: options.bookMs,
    onBooked: (booked) => void book(entryOf(booked)),
    onStatus: (report) => send(renderPain002(report)),
  });
  const statements = openJournal<SimulatedStatement>(`${options.journal}.statements`);
  const world: World = { options, bookings, statements, payments, faults, book };
  takeXml(server);
  checkCalls(server, options, faults);
  registerApi(server, world);
  registerControls(server, world);
  const closing = setInterval(() => closeDay(world, iso(new Date(Date.now() - 24 * 3_600_000))), closeEveryMs);
  const running = await parts.listen();
  return {
    url: running.url,
    stop: async () => {
      clearInterval(closing);
      payments.stop();
      await running.stop();
    },
  };
}

function takeXml(server: FastifyInstance): void {
  server.addContentTypeParser("application/xml", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
}

function checkCalls(server: FastifyInstance, options: SimulatedBankOptions, faults: Faults): void {
  const houseKey = createPublicKey(options.houseKey);
  const keyOf = (id: string): KeyObject | undefined => (id === options.houseKeyId ? houseKey : undefined);
  server.addHook("preHandler", async (request, reply) => {
    if (!isApi(request)) return;
    const forgery = findForgery(messageOf(request), keyOf, Date.now());
    if (forgery !== undefined) await reply.code(401).send({ error: forgery });
    else if (faults.strikes("fail")) await reply.code(500).send();
  });
}

function messageOf({ method, url, headers, body }: FastifyRequest) {
  const plain = Object.entries(headers).flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : []));
  const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
  return { method, path: url, headers: Object.fromEntries(plain) as Record<string, string>, body: bytes };
}

function registerApi(server: FastifyInstance, { payments, statements, faults }: World): void {
  const answer = (request: FastifyRequest, reply: FastifyReply, report: StatusReport | undefined) => {
    if (report === undefined) return reply.code(404).send();
    // What a bank does whose line breaks after the work is done.
    if (!faults.strikes("lostAnswer")) return reply.type(xml).send(renderPain002(report));
    reply.hijack();
    request.raw.socket.destroy();
    return reply;
  };
  server.post("/payments", (request, reply) =>
    answer(request, reply, payments.take(Buffer.isBuffer(request.body) ? request.body.toString("utf8") : "")),
  );
  server.get<{ Params: { id: string } }>("/payments/:id", (request, reply) =>
    answer(request, reply, payments.reportOfBatch(request.params.id)),
  );
  server.get<{ Params: { id: string } }>("/transactions/:id", (request, reply) =>
    answer(request, reply, payments.reportOfPayment(request.params.id)),
  );
  server.get<{ Querystring: { after?: string } }>("/statements", (request) => {
    const all = statements.all();
    const from = request.query.after === undefined ? 0 : all.findIndex(({ id }) => id === request.query.after) + 1;
    return { statements: all.slice(from).map(({ id, day, sequence }) => ({ id, day, sequence })) };
  });
  server.get<{ Params: { id: string } }>("/statements/:id", (request, reply) => {
    const found = statements.byId(request.params.id);
    if (found === undefined) return reply.code(404).send();
    return reply.type(xml).send(renderCamt053(found));
  });
}

const credit = z.strictObject({
  amount: z.string().regex(/^[0-9]{1,10}(\.[0-9]{1,2})?$/),
  name: z.string().min(1).max(140),
  iban: z.string().max(34).nullish(),
  /** Where a reference belongs; what is written in words stands in `remittance`. */
  reference: z.string().max(35).nullable().default(null),
  remittance: z.string().max(140).default(""),
  endToEndId: z.string().max(35).default("NOTPROVIDED"),
  /** True has it booked, and nobody told before the statement. */
  quiet: z.boolean().default(false),
});

const booking = z.object({
  amount: z.int(),
  bookedOn: z.iso.date(),
  endToEndId: z.string(),
  remittance: z.string(),
  counterparty: z.string(),
  counterpartyIban: z.string().nullish(),
});

function registerControls(server: FastifyInstance, world: World): void {
  const { book, bookings, payments } = world;
  server.post("/_simulator/credits", (request, reply) => {
    const read = credit.safeParse(request.body);
    if (!read.success) return reply.code(400).send({ error: z.prettifyError(read.error) });
    const { amount, name, iban, quiet, ...more } = read.data;
    const entry = {
      ...more,
      amount: minorOf(amount),
      bookedOn: iso(new Date()),
      counterparty: name,
      counterpartyIban: iban ?? null,
    };
    if (!quiet) return reply.send(book(entry));
    const made: Booking = { ...entry, id: `BK${randomId(7).toUpperCase()}`, statement: null };
    bookings.add(made);
    return reply.send(made);
  });
  // What a payment service pays out to the house, on the day that it says.
  server.post("/_simulator/bookings", (request, reply) => {
    const read = booking.safeParse(request.body);
    if (!read.success) return reply.code(400).send({ error: z.prettifyError(read.error) });
    const counterpartyIban = read.data.counterpartyIban ?? payerIbanByName(read.data.counterparty);
    return reply.send(book({ ...read.data, counterpartyIban }));
  });
  server.post<{ Params: { id: string } }>("/_simulator/payments/:id/return", (request, reply) => {
    const { reason = "AC04" } = (request.body ?? {}) as { reason?: string };
    return payments.giveBack(request.params.id, reason) ? reply.send({}) : reply.code(404).send();
  });
  server.post("/_simulator/close-day", (request, reply) => {
    const { day } = request.body as { day: string };
    return reply.send({ statement: closeDay(world, day)?.id ?? null });
  });
}

function entryOf({ payment, amount, returned }: Booked): Omit<SimulatedEntry, "id"> {
  const { endToEndId, remittance, name, iban, id } = payment;
  return {
    amount,
    bookedOn: iso(new Date()),
    endToEndId,
    remittance,
    counterparty: name,
    counterpartyIban: iban,
    order: id,
    returned,
  };
}

/** The statement of all that was booked up to that day and not told yet; a day without any has one too. */
function closeDay({ bookings, statements, options }: World, day: string): SimulatedStatement | undefined {
  const last = statements.all().at(-1);
  if (last !== undefined && last.day >= day) return undefined;
  const told = bookings.all().filter((one) => one.statement === null && one.bookedOn <= day);
  const opening = last === undefined ? 0 : last.opening + last.entries.reduce((sum, { amount }) => sum + amount, 0);
  const made: SimulatedStatement = {
    id: `STMT-${day}-${randomId(3).toUpperCase()}`,
    sequence: (last?.sequence ?? 0) + 1,
    iban: options.iban,
    currency: options.currency,
    day,
    opening,
    entries: told.map(({ statement: _statement, ...one }) => one),
  };
  statements.add(made);
  for (const one of told) bookings.change(one, { statement: made.id });
  return made;
}
