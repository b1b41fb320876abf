/**
 * Where the verification vendor calls. The body is taken as bytes, its digest checked on them, and all of it stored before
 * anything is made of it; the answer says that it is stored.
 */
import { storeKycWebhook } from "@pitboss/db/compliance/kyc-vendor-store";
import type { FastifyPluginCallback } from "fastify";
import { createQuota } from "../../../cashier/webhooks/webhook-routes.ts";
import { sendProblem } from "../../../edge/problem.ts";
import type { VendorDeps } from "./pull-images.ts";

/** Forged ones are kept as evidence, but nobody fills the disk with them: so many an hour are. */
const forgedKeptAnHour = 200;
const hourMs = 3_600_000;

export function createKycWebhookPlugin({ db, clock, log, kycVendor }: VendorDeps): FastifyPluginCallback {
  const mayKeepForged = createQuota(forgedKeptAnHour, hourMs, () => clock.now());
  return (server, _options, done) => {
    server.removeAllContentTypeParsers();
    server.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, parsed) => parsed(null, body));
    server.post("/v1/kyc/webhooks", { schema: { hide: true } }, async (request, reply) => {
      if (kycVendor === undefined) return sendProblem(reply, { code: "ROUTE_NOT_FOUND" }, request.traceId);
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const headers = Object.fromEntries(
        kycVendor.keptHeaders.flatMap((name) => {
          const value = request.headers[name];
          return typeof value === "string" ? [[name, value.slice(0, 2_000)]] : [];
        }),
      );
      const read = kycVendor.readWebhook(body, headers);
      const nothing = { eventKey: null, type: null, headers, body };
      if (read.kind === "forged") {
        log.warn({ why: read.why, ip: request.ip }, "a webhook is not the verification vendor's");
        if (mayKeepForged()) await storeKycWebhook(db, { ...nothing, state: "FORGED", outcome: read.why });
        return sendProblem(reply, { code: "SIGNATURE_INVALID", detail: read.why }, request.traceId);
      }
      if (read.kind === "unreadable") await storeKycWebhook(db, { ...nothing, state: "DEAD", outcome: read.why });
      else {
        const { key, type } = read;
        await storeKycWebhook(db, { eventKey: key, type, headers, body, state: "STORED", outcome: null });
      }
      return reply.code(200).send({ stored: true });
    });
    done();
  };
}
