/**
 * Where payment providers call. The body is taken as bytes, its signature checked on them, and all of it stored before
 * anything is made of it; the answer says that it is stored, and comes without waiting for what it brings about.
 */
import { storeWebhook } from "@pitboss/db/cashier/webhook-store";
import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from "fastify";
import { sendProblem } from "../../edge/problem.ts";
import type { Cashier } from "../cashier.ts";
import type { Psp } from "../psp/psp.ts";

/** Whoever calls here: of payments, of chains, or a bank. */
type Sender = Pick<Psp, "code" | "keptHeaders" | "webhookAnswer">;

/** Forged ones are kept as evidence, but nobody fills the disk with them: so many an hour are. */
const forgedKeptAnHour = 200;
const hourMs = 3_600_000;

export function createWebhookPlugin(cashier: Cashier, nudge: () => void): FastifyPluginCallback {
  const { db, clock, psps, chain, bank, log } = cashier;
  const mayKeepForged = createQuota(forgedKeptAnHour, hourMs, () => clock.now());
  return (server, _options, done) => {
    server.removeAllContentTypeParsers();
    server.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, parsed) => parsed(null, body));
    server.post<{ Params: { psp: string } }>(
      "/v1/webhooks/:psp",
      { schema: { hide: true } },
      async (request, reply) => {
        const { psp: code } = request.params;
        const psp = psps.get(code) ?? chain.custodians.get(code) ?? bank.banks.get(code);
        if (psp === undefined) return sendProblem(reply, { code: "ROUTE_NOT_FOUND" }, request.traceId);
        const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        const headers = keep(psp, request);
        const read = await psp.readWebhook(body, headers, clock.now());
        const base = { psp: psp.code, headers, body };
        if (read.kind === "forged") {
          log.warn({ psp: psp.code, why: read.why, ip: request.ip }, "a webhook is not the provider's");
          if (mayKeepForged()) {
            await storeWebhook(db, { ...base, eventId: null, type: null, state: "FORGED", outcome: read.why });
          }
          return sendProblem(reply, { code: "SIGNATURE_INVALID", detail: read.why }, request.traceId);
        }
        if (read.kind === "unreadable") {
          await storeWebhook(db, { ...base, eventId: null, type: null, state: "DEAD", outcome: read.why });
          return accept(reply, psp);
        }
        const { eventId, type } = read;
        await storeWebhook(db, { ...base, eventId, type, state: "STORED", outcome: null });
        nudge();
        return accept(reply, psp);
      },
    );
    done();
  };
}

function accept(reply: FastifyReply, { webhookAnswer }: Sender): FastifyReply {
  return reply.code(200).type(webhookAnswer.type).send(webhookAnswer.body);
}

function keep({ keptHeaders }: Sender, request: FastifyRequest): Record<string, string> {
  return Object.fromEntries(
    keptHeaders.flatMap((name) => {
      const value = request.headers[name];
      return typeof value === "string" ? [[name, value.slice(0, 2_000)]] : [];
    }),
  );
}

export function createQuota(most: number, everyMs: number, now: () => number): () => boolean {
  let since = now();
  let used = 0;
  return () => {
    if (now() - since >= everyMs) {
      since = now();
      used = 0;
    }
    used += 1;
    return used <= most;
  };
}
