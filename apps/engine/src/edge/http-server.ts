/** The public HTTP server: bodies and headers checked, failures as problem details, OpenAPI from the zod schemas. */
import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Failure } from "@pitboss/domain/kernel/result";
import Fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type RawServerDefault,
} from "fastify";
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from "fastify-type-provider-zod";
import { isDatabaseAway } from "../wallet/database-error.ts";
import { answerBrokenRequest } from "./answer-broken-request.ts";
import { describeApi } from "./describe-api.ts";
import { sendProblem } from "./problem.ts";

/** Ample for a bulk of 100 bets; anything larger is a mistake or an attack. */
const bodyLimitBytes = 256 * 1024;

declare module "fastify" {
  interface FastifyRequest {
    /** W3C trace id in the spelling of a UUID; taken from `traceparent` where one was sent. */
    traceId: string;
  }
}

/** `trustedProxies`: networks whose `x-forwarded-for` is believed, comma-separated; nobody's without it. */
export async function createHttpServer(
  log: FastifyBaseLogger,
  version: string,
  trustedProxies?: string,
): Promise<FastifyInstance> {
  const server = Fastify({
    ...(trustedProxies === undefined ? {} : { trustProxy: trustedProxies }),
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    // Lines carry the trace id where they are written; a logger of its own for each request costs more than it tells.
    childLoggerFactory: (logger) => logger,
    bodyLimit: bodyLimitBytes,
    requestIdHeader: false,
    genReqId: () => "",
    keepAliveTimeout: 75_000,
    requestTimeout: 30_000,
    // While the server closes, a request on an open connection is answered as ever; it is the last one there.
    return503OnClosing: false,
    forceCloseConnections: "idle",
    clientErrorHandler: answerBrokenRequest,
    // An address that can't be decoded, or is longer than any, is not one of ours.
    frameworkErrors: (_error, request, reply: FastifyReply) => {
      sendProblem(reply, { code: "ROUTE_NOT_FOUND" }, traceIdOf(request.headers["traceparent"]));
    },
  });
  server.setValidatorCompiler(validatorCompiler);
  server.setSerializerCompiler(serializerCompiler);
  server.decorateRequest("traceId", "");
  // Bodies meet strict schemas and are merged into nothing, so keys like __proto__ need no scan of their own.
  server.removeAllContentTypeParsers();
  server.addContentTypeParser("application/json", { parseAs: "string" }, (_request, body, done) => {
    try {
      done(null, JSON.parse(body as string));
    } catch (error) {
      done(error as Error);
    }
  });
  server.addHook("onRequest", (request, reply, done) => {
    request.traceId = traceIdOf(request.headers["traceparent"]);
    const headers = checkHeaders(request);
    if (headers !== undefined) {
      sendProblem(reply, headers, request.traceId);
      return;
    }
    done();
  });
  server.setErrorHandler((error: FastifyError, request, reply) => {
    const failure = failureOf(error);
    if (failure.code === "INTERNAL") request.log.error({ err: error, traceId: request.traceId }, "a request failed");
    return sendProblem(reply, failure, request.traceId);
  });
  server.setNotFoundHandler((request, reply) => sendProblem(reply, { code: "ROUTE_NOT_FOUND" }, request.traceId));
  await describeApi(server, version);
  return server;
}

const traceparentForm =
  /^[0-9a-f]{2}-([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})-[0-9a-f]{16}-[0-9a-f]{2}$/;

function traceIdOf(traceparent: string | string[] | undefined): string {
  if (typeof traceparent !== "string") return randomUUID();
  const match = traceparentForm.exec(traceparent);
  return match === null ? randomUUID() : match.slice(1).join("-");
}

/** Headers that decide what a request means must not come twice: which one counts would differ along the way. */
const onlyOnce = new Set(["authorization", "content-type", "content-length", "traceparent", "host"]);

function checkHeaders(request: FastifyRequest): Failure | undefined {
  const raw = request.raw.rawHeaders;
  let seen = "";
  for (let index = 0; index < raw.length; index += 2) {
    const name = raw[index]?.toLowerCase() ?? "";
    if (!onlyOnce.has(name)) continue;
    if (seen.includes(`${name};`)) return { code: "HEADER_INVALID", detail: `The header ${name} was sent twice.` };
    seen += `${name};`;
  }
  return undefined;
}

function failureOf(error: FastifyError): Failure {
  if (error.validation !== undefined) return { code: "REQUEST_INVALID", detail: describeValidation(error) };
  switch (error.code) {
    case "FST_ERR_CTP_BODY_TOO_LARGE":
      return { code: "BODY_TOO_LARGE" };
    case "FST_ERR_CTP_INVALID_MEDIA_TYPE":
      return { code: "MEDIA_TYPE_UNSUPPORTED" };
    case "FST_ERR_CTP_EMPTY_JSON_BODY":
    case "FST_ERR_CTP_INVALID_JSON_BODY":
    case "FST_ERR_CTP_INVALID_CONTENT_LENGTH":
      return { code: "BODY_MALFORMED" };
    default:
      if (isDatabaseAway(error)) return { code: "DATABASE_UNAVAILABLE" };
      return error instanceof SyntaxError || error.statusCode === 400
        ? { code: "BODY_MALFORMED" }
        : { code: "INTERNAL" };
  }
}

function describeValidation(error: FastifyError): string {
  const [first] = error.validation ?? [];
  if (first === undefined) return error.message;
  const path = first.instancePath.replace(/^\//, "").replaceAll("/", ".");
  return path === "" ? (first.message ?? error.message) : `${path}: ${first.message ?? "is not valid"}`;
}

/** A JSON body that is already text. */
export function sendJson(reply: FastifyReply, text: string, status = 200): FastifyReply {
  return reply.code(status).type("application/json; charset=utf-8").send(text);
}

export type TypedServer = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;
