/**
 * Where game providers call: `/v1/providers/<code>/<path of its dialect>`. The body is taken as bytes, because a signature
 * is over bytes; who calls is settled before anything is read from it.
 */
import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from "fastify";
import type { Failure } from "@pitboss/domain/kernel/result";
import { sendJson } from "../../../edge/http-server.ts";
import { sendProblem } from "../../../edge/problem.ts";
import { isDatabaseAway } from "../../../wallet/database-error.ts";
import type { CallCounts } from "./call-counts.ts";
import type { WireAnswer, WireRequest } from "./dialect.ts";
import { createDialectReads } from "./dialect-reads.ts";
import { parseExact } from "./exact-json.ts";
import type { Integration, Integrations } from "./integrations.ts";
import { openProviderWallet, type WalletContext } from "./provider-wallet.ts";

export interface DialectContext extends Omit<WalletContext, "reads"> {
  readonly integrations: Integrations;
  readonly counts: CallCounts;
}

export function createDialectPlugin(parts: DialectContext): FastifyPluginCallback {
  const { integrations, counts, clock } = parts;
  const context = { ...parts, reads: createDialectReads(parts.db) };
  return (server, _options, done) => {
    server.removeAllContentTypeParsers();
    server.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, parsed) => parsed(null, body));
    server.all<{ Params: { provider: string; "*": string } }>(
      "/v1/providers/:provider/*",
      { schema: { hide: true } },
      async (request, reply) => {
        const integration = integrations.byCode(request.params.provider);
        if (integration === undefined) return sendProblem(reply, { code: "PROVIDER_NOT_FOUND" }, request.traceId);
        const operation = request.params["*"];
        const began = performance.now();
        const answer = await answerCall(context, integration, wireRequest(request, operation), request);
        const known = Object.hasOwn(integration.dialect.operations, operation) ? operation : "?";
        const call = { operation: known, code: answer.code, tookMs: performance.now() - began };
        counts.count(integration, call, clock.now());
        return send(reply, answer);
      },
    );
    done();
  };
}

function wireRequest(request: FastifyRequest, operation: string): WireRequest {
  const raw = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  return { operation, raw, headers: request.headers, query: request.query as Record<string, unknown> };
}

async function answerCall(
  context: DialectContext & WalletContext,
  integration: Integration,
  wire: WireRequest,
  request: FastifyRequest,
): Promise<WireAnswer> {
  const { dialect } = integration;
  const operation = Object.hasOwn(dialect.operations, wire.operation) ? dialect.operations[wire.operation] : undefined;
  const stranger = checkCaller(context, integration, wire, request);
  if (stranger !== undefined) {
    request.log.warn(
      { provider: integration.code, why: stranger.detail, ip: request.ip },
      "a call is not the provider's",
    );
    return dialect.refuse(stranger, undefined);
  }
  if (operation === undefined || request.method !== "POST")
    return dialect.refuse({ code: "ROUTE_NOT_FOUND" }, undefined);
  let body: unknown;
  try {
    body = parseExact(wire.raw.toString("utf8"));
  } catch {
    return dialect.refuse({ code: "BODY_MALFORMED" }, undefined);
  }
  try {
    return await operation({ request: wire, body, wallet: openProviderWallet(context, integration, request.traceId) });
  } catch (error) {
    if (isDatabaseAway(error)) return dialect.refuse({ code: "DATABASE_UNAVAILABLE" }, body);
    request.log.error({ err: error, traceId: request.traceId, provider: integration.code }, "a provider's call failed");
    return dialect.refuse({ code: "INTERNAL" }, body);
  }
}

/** Proxies that end TLS tell by this header that the caller's own certificate was checked. */
const certificateHeader = "x-client-verify";

function checkCaller(
  { clock }: DialectContext,
  { dialect, policy, credentials, mayCallFrom }: Integration,
  wire: WireRequest,
  request: FastifyRequest,
): Failure | undefined {
  if (!mayCallFrom(request.ip)) return { code: "NOT_ALLOWED", detail: "The address is not one of the provider's." };
  if (policy.mutualTls && !isCertified(wire, request)) {
    return { code: "NOT_ALLOWED", detail: "The provider's certificate was not checked." };
  }
  const nowMs = clock.now();
  const at = { nowMs, toleranceMs: policy.clockToleranceSeconds * 1_000 };
  const proven = credentials.some(
    (credential) =>
      credential.kind === dialect.credential && credential.validUntilMs > nowMs && dialect.proves(wire, credential, at),
  );
  return proven ? undefined : { code: "SIGNATURE_INVALID", detail: "The signature is not that of this provider." };
}

/** Only a proxy that the engine trusts puts more than one address into `ips`; anybody can send a header. */
function isCertified({ headers }: WireRequest, { ips = [] }: FastifyRequest): boolean {
  return ips.length > 1 && headers[certificateHeader] === "SUCCESS";
}

function send(reply: FastifyReply, { status, body }: WireAnswer): FastifyReply {
  return sendJson(reply, body, status);
}
