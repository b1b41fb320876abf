/**
 * The way in for staff, between the console's server (or a terminal) and the engine. Whoever calls shows the console's
 * key; only a terminal's own calls go without it. They are POSTs with JSON, answered with JSON or a problem.
 */
import { createHash, timingSafeEqual } from "node:crypto";
import { isIP } from "node:net";
import { ok, type Result } from "@pitboss/domain/kernel/result";
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from "@simplewebauthn/server";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { sendProblem } from "../../edge/problem.ts";
import type { StaffDeps } from "../staff-deps.ts";
import { acceptInvitation, showInvitation } from "./accept-invitation.ts";
import { beginSignIn } from "./begin-sign-in.ts";
import { beginFlowPasskey, beginFlowTotp, finishFlowPasskey, finishFlowTotp } from "./enrol-factor.ts";
import type { From } from "./from.ts";
import { giveSecondFactor, offerPasskey } from "./give-second-factor.ts";
import { signOut } from "./sign-out.ts";
import { issueStaffToken } from "./staff-tokens.ts";
import { collectTerminal, offerTerminal } from "./terminals.ts";

const secret = z.string().min(20).max(200);
const password = z.string().min(1).max(1024);
const code = z.string().min(6).max(40);
/** The library checks a response by itself; here it only has to be an object with an id. */
const passkeyAnswer = z.looseObject({ id: z.string().max(1024) });
const factorAnswer = z.discriminatedUnion("method", [
  z.object({ flow: secret, method: z.literal("TOTP"), code }),
  z.object({ flow: secret, method: z.literal("RECOVERY_CODE"), code }),
  z.object({ flow: secret, method: z.literal("PASSKEY"), response: passkeyAnswer }),
]);
const passkeyName = z.string().trim().min(1).max(80);

type Handle<T> = (body: T, from: From, consoleProven: boolean) => Promise<Result<unknown>>;

export function registerSignInRoutes(server: FastifyInstance, deps: StaffDeps): void {
  /** `open`: a terminal may call it without the console's key. */
  const post = <T>(path: string, schema: z.ZodType<T>, handle: Handle<T>, open = false): void => {
    server.post(`/staff${path}`, { schema: { hide: true } }, async (request, reply) => {
      const proven = showsConsoleKey(deps, request);
      if (!proven && !open) return sendProblem(reply, { code: "NOT_ALLOWED" }, request.traceId);
      const body = schema.safeParse(request.body);
      if (!body.success) return sendProblem(reply, { code: "REQUEST_INVALID" }, request.traceId);
      return answer(reply, request, await handle(body.data, fromOf(request, proven), proven));
    });
  };

  post("/sign-in", z.object({ email: z.string().max(320), password }), (body, from) => beginSignIn(deps, body, from));
  post("/sign-in/passkey-options", z.object({ flow: secret.optional() }), ({ flow }) => offerPasskey(deps, flow));
  post("/sign-in/second-factor", factorAnswer, ({ flow, ...given }, from) =>
    giveSecondFactor(
      deps,
      flow,
      given.method === "PASSKEY"
        ? { method: given.method, response: given.response as unknown as AuthenticationResponseJSON }
        : given,
      from,
    ),
  );
  post("/sign-in/enrol/totp", z.object({ flow: secret }), ({ flow }) => beginFlowTotp(deps, flow));
  post("/sign-in/enrol/totp/confirm", z.object({ flow: secret, code }), (body, from) =>
    finishFlowTotp(deps, body.flow, body.code, from),
  );
  post("/sign-in/enrol/passkey", z.object({ flow: secret }), ({ flow }) => beginFlowPasskey(deps, flow));
  post(
    "/sign-in/enrol/passkey/confirm",
    z.object({ flow: secret, response: passkeyAnswer, name: passkeyName }),
    ({ flow, response, name }, from) =>
      finishFlowPasskey(deps, flow, { response: response as unknown as RegistrationResponseJSON, name }, from),
  );
  post("/invitation", z.object({ invitation: secret }), ({ invitation }) => showInvitation(deps, invitation));
  post("/invitation/accept", z.object({ invitation: secret, password }), (body, from) =>
    acceptInvitation(deps, body.invitation, body.password, from),
  );
  post(
    "/session/token",
    z.object({ session: secret }),
    ({ session }, from, proven) => issueStaffToken(deps, session, from, proven),
    true,
  );
  post("/sign-out", z.object({ session: secret }), ({ session }, from) => signOut(deps, session, from), true);
  post(
    "/terminal",
    z.object({ client: z.string().min(1).max(120) }),
    async ({ client }, from) => ok(await offerTerminal(deps, client, from)),
    true,
  );
  post(
    "/terminal/collect",
    z.object({ deviceCode: secret }),
    ({ deviceCode }, from) => collectTerminal(deps, deviceCode, from),
    true,
  );
}

function answer(reply: FastifyReply, request: FastifyRequest, result: Result<unknown>): FastifyReply {
  reply.header("cache-control", "no-store");
  if (!result.ok) return sendProblem(reply, result.error, request.traceId);
  return reply.type("application/json; charset=utf-8").send(JSON.stringify(result.value));
}

function showsConsoleKey({ settings }: StaffDeps, request: FastifyRequest): boolean {
  const shown = request.headers["x-pitboss-console-key"];
  if (typeof shown !== "string") return false;
  const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(shown), digest(settings.consoleKey));
}

/** The console's server says for whom it calls; anybody else is whoever the connection says. */
function fromOf(request: FastifyRequest, consoleProven: boolean): From {
  const told = request.headers["x-pitboss-client-ip"];
  const agent = request.headers["user-agent"];
  const clientAgent = request.headers["x-pitboss-client-agent"];
  const ip = consoleProven ? told : request.ip;
  const userAgent = consoleProven ? clientAgent : agent;
  return {
    ip: typeof ip === "string" && isIP(ip) !== 0 ? ip : null,
    userAgent: typeof userAgent === "string" ? userAgent.slice(0, 400) : null,
    traceId: request.traceId,
  };
}
