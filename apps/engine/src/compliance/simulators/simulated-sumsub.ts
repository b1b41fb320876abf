/**
 * A verification vendor that speaks Sumsub's API: applicants, images, links to its page, reviews, webhooks. Its page takes
 * no papers of real people: whoever stands in for the player chooses what the vendor is to think of them.
 */
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import Fastify, { type FastifyReply, type FastifyRequest } from "fastify";
import { createFaults, type FaultSettings, faultSettings } from "../../cashier/simulators/faults.ts";
import { openJournal, randomId } from "../../cashier/simulators/journal.ts";
import { sameSignature, signRequest } from "../kyc/vendor/sumsub/sumsub-signature.ts";
import { type Applicant, createReviews } from "./sumsub-reviews.ts";
import { registerPlayerPage } from "./sumsub-page.ts";
import { createVendorWebhooks } from "./sumsub-webhooks.ts";

export interface SimulatedSumsubOptions {
  readonly port: number;
  readonly appToken: string;
  readonly secretKey: string;
  readonly webhookSecret: string;
  readonly webhookUrl: string;
  /** The file that its applicants are kept in. */
  readonly journal: string;
  readonly speed: number;
  readonly faults?: Partial<FaultSettings>;
}

export interface SimulatedService {
  readonly url: string;
  stop(): Promise<void>;
}

/** How far a request's time may be off, s. */
const toleranceSeconds = 300;

export async function startSimulatedSumsub(options: SimulatedSumsubOptions): Promise<SimulatedService> {
  const server = Fastify({ forceCloseConnections: true, bodyLimit: 16 * 1024 * 1024 });
  const faults = createFaults(faultSettings.parse(options.faults ?? {}));
  const webhooks = createVendorWebhooks(options.webhookUrl, options.webhookSecret, faults, options.speed);
  const applicants = openJournal<Applicant>(options.journal);
  const reviews = createReviews(applicants, webhooks, options.speed);
  let base = "";

  server.removeAllContentTypeParsers();
  server.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
  server.addHook("preHandler", async (request, reply) => {
    if (!request.url.startsWith("/resources/")) return undefined;
    await sleep(faults.settings.answerDelayMs);
    if (faults.strikes("fail")) return refuse(reply, 500, "Internal error");
    const why = whyUnsigned(request, options);
    return why === undefined ? undefined : refuse(reply, 401, why);
  });
  server.addHook("onSend", async (request, _reply, payload) => {
    if (request.url.startsWith("/resources/") && faults.strikes("lostAnswer")) request.raw.socket.destroy();
    return payload;
  });

  server.post<{ Querystring: { levelName?: string } }>("/resources/applicants", (request, reply) => {
    const { externalUserId } = json(request) as { externalUserId?: string };
    if (externalUserId === undefined || request.query.levelName === undefined) {
      return refuse(reply, 400, "externalUserId and levelName are needed");
    }
    const known = applicants.find((one) => one.externalUserId === externalUserId);
    if (known !== undefined) return refuse(reply, 409, `Applicant with external user id '${externalUserId}' exists`);
    return reply.code(201).send(present(reviews.create(externalUserId, request.query.levelName)));
  });
  // The vendor's own way of asking by the id of the house: `-;externalUserId=kyc_3` in the place of its id.
  server.get<{ Params: { id: string } }>("/resources/applicants/:id/one", (request, reply) => {
    const external = /^-;externalUserId=(.+)$/.exec(decodeURIComponent(request.params.id))?.[1];
    const found =
      external === undefined
        ? applicants.byId(request.params.id)
        : applicants.find(({ externalUserId }) => externalUserId === external);
    return found === undefined ? refuse(reply, 404, "Applicant not found") : reply.send(present(found));
  });
  server.get<{ Params: { id: string } }>("/resources/applicants/:id/metadata/resources", (request, reply) => {
    const found = applicants.byId(request.params.id);
    if (found === undefined) return refuse(reply, 404, "Applicant not found");
    const items = found.images.map(({ id, idDocType, country, addedDate }) => {
      return { id, addedDate, deactivated: false, source: "websdk", idDocDef: { country, idDocType } };
    });
    return reply.send({ items, totalItems: items.length });
  });
  server.get<{ Params: { inspection: string; image: string } }>(
    "/resources/inspections/:inspection/resources/:image",
    (request, reply) => {
      const found = applicants.find(({ inspectionId }) => inspectionId === request.params.inspection);
      const image = found?.images.find(({ id }) => id === request.params.image);
      if (image === undefined) return refuse(reply, 404, "Image not found");
      return reply.type("application/octet-stream").send(Buffer.from(image.content, "base64"));
    },
  );
  server.post("/resources/sdkIntegrations/levels/-/websdkLink", (request, reply) => {
    const { userId, ttlInSecs = 1_800 } = json(request) as { userId?: string; ttlInSecs?: number };
    const found = applicants.find(({ externalUserId }) => externalUserId === userId);
    if (found === undefined) return refuse(reply, 404, "Applicant not found");
    const link = { link: randomId(16), linkUntil: Date.now() + ttlInSecs * 1_000 };
    applicants.change(found, link);
    return reply.send({ url: `${base}/websdk/${link.link}` });
  });

  registerPlayerPage(server, applicants, reviews);
  server.get("/_simulator/faults", () => faults.settings);
  server.put("/_simulator/faults", (request) => {
    faults.settings = faultSettings.parse(json(request));
    return faults.settings;
  });

  await server.listen({ host: "127.0.0.1", port: options.port });
  base = `http://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
  return {
    url: base,
    stop: async () => {
      reviews.stop();
      await webhooks.stop();
      await server.close();
    },
  };
}

function refuse(reply: FastifyReply, code: number, description: string): FastifyReply {
  return reply.code(code).send({ code, correlationId: randomId(8), description });
}

function json(request: FastifyRequest): unknown {
  return Buffer.isBuffer(request.body) && request.body.length > 0 ? JSON.parse(request.body.toString()) : {};
}

function whyUnsigned(request: FastifyRequest, { appToken, secretKey }: SimulatedSumsubOptions): string | undefined {
  const header = (name: string) => String(request.headers[name] ?? "");
  if (header("x-app-token") !== appToken) return "The app token is not known";
  const ts = header("x-app-access-ts");
  if (Math.abs(Date.now() / 1_000 - Number(ts)) > toleranceSeconds) return "The request is too old";
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const good = signRequest({ ts, method: request.method, path: request.url, body }, secretKey);
  return sameSignature(header("x-app-access-sig"), good) ? undefined : "The request signature does not match";
}

function present({ id, inspectionId, externalUserId, levelName, createdAt, images, review }: Applicant): object {
  return {
    id,
    createdAt,
    inspectionId,
    externalUserId,
    info: { idDocs: images.map(({ idDocType, country, validUntil }) => ({ idDocType, country, validUntil })) },
    review: { levelName, reviewStatus: review.status, reviewDate: review.at, reviewResult: review.result },
    type: "individual",
  };
}
