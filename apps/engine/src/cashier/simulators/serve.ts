/** The server of a simulated provider: its faults and how they are set, the page of the player's bank, and its end. */
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { createFaults, type Faults, faultSettings, type FaultSettings } from "./faults.ts";
import type { Batch } from "./settlement.ts";
import { createWebhookSender, type WebhookSender } from "./send-webhooks.ts";

export interface SimulatedPspOptions {
  readonly port: number;
  readonly secretKey: string;
  readonly webhookSecret: string;
  readonly merchant: string;
  /** The account whose balances it tells, where it tells them by account. */
  readonly balanceAccount?: string;
  /** Where its webhooks go. */
  readonly webhookUrl: string;
  /** The file that its payments are kept in. */
  readonly journal: string;
  readonly faults?: Partial<FaultSettings>;
  /** Tells the house's bank that money is on its way. */
  readonly pay?: (batch: Batch) => Promise<void>;
}

export interface SimulatedPsp {
  readonly url: string;
  stop(): Promise<void>;
}

export interface PspServer {
  readonly server: FastifyInstance;
  readonly faults: Faults;
  readonly sender: WebhookSender;
  readonly base: () => string;
  listen(): Promise<SimulatedPsp>;
}

/** How long a slow payment takes, ms. */
export const slowMs = 2_000;

export function createPspServer(options: SimulatedPspOptions): PspServer {
  const server = Fastify({ forceCloseConnections: true });
  const faults = createFaults(faultSettings.parse(options.faults ?? {}));
  const sender = createWebhookSender(options.webhookUrl, faults);
  let base = "";
  server.addContentTypeParser("application/x-www-form-urlencoded", { parseAs: "string" }, (_request, body, done) => {
    done(null, new URLSearchParams(body as string));
  });
  server.addHook("onSend", async (request, _reply, payload) => {
    if (isApi(request)) await sleep(faults.settings.answerDelayMs);
    return payload;
  });
  server.get("/_simulator/faults", () => faults.settings);
  server.put("/_simulator/faults", (request) => {
    faults.settings = faultSettings.parse(request.body);
    return faults.settings;
  });
  return {
    server,
    faults,
    sender,
    base: () => base,
    listen: async () => {
      await server.listen({ host: "127.0.0.1", port: options.port });
      base = `http://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
      return {
        url: base,
        stop: async () => {
          await sender.stop();
          await server.close();
        },
      };
    },
  };
}

export function isApi({ url }: FastifyRequest): boolean {
  return !url.startsWith("/_simulator/") && !url.startsWith("/bank/");
}

/** Answers, or does what a provider does whose line breaks after the work is done. */
export function answerOrBreak(faults: Faults, request: FastifyRequest, reply: FastifyReply, body: object) {
  if (!faults.strikes("lostAnswer")) return reply.send(body);
  reply.hijack();
  request.raw.socket.destroy();
  return reply;
}

export interface BankPayment {
  readonly what: string;
  readonly returnUrl: string | undefined;
  /** The player said yes or no. */
  decide(yes: boolean): void;
}

/** The page of the player's bank, where a payment is confirmed or not. */
export function registerBank(server: FastifyInstance, find: (id: string) => BankPayment | undefined): void {
  server.get<{ Params: { id: string } }>("/bank/:id", (request, reply) => {
    const payment = find(request.params.id);
    if (payment === undefined) return reply.code(404).send("There is no such payment.");
    return reply.type("text/html; charset=utf-8").send(
      `<!doctype html><html lang="en"><title>Simulated bank</title><h1>Simulated bank</h1><p>Pay ${payment.what}?</p>
       <form method="post"><button name="confirm" value="yes">Yes</button> <button name="confirm" value="no">No</button></form>`,
    );
  });
  server.post<{ Params: { id: string } }>("/bank/:id", (request, reply) => {
    const payment = find(request.params.id);
    if (payment === undefined) return reply.code(404).send("There is no such payment.");
    payment.decide((request.body as URLSearchParams).get("confirm") === "yes");
    return payment.returnUrl === undefined ? reply.send("Done.") : reply.redirect(payment.returnUrl, 303);
  });
}
