/** What the routes of players' accounts read off a request, and how they answer. */
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import type { FastifyReply, FastifyRequest } from "fastify";
import { principalOf } from "../../edge/guard.ts";
import { sendJson } from "../../edge/http-server.ts";
import { sendProblem } from "../../edge/problem.ts";
import type { From } from "../sign-in/from.ts";
import type { OwnAccount } from "./own-sessions.ts";

export function fromOf(request: FastifyRequest): From {
  const agent = request.headers["user-agent"];
  return { ip: request.ip, userAgent: agent?.slice(0, 512) ?? null, traceId: request.traceId };
}

/** The guard of these routes lets nobody else pass. */
export function ownAccountOf(request: FastifyRequest): OwnAccount {
  const principal = principalOf(request);
  if (principal.kind !== "player") throw new Error("the guard lets players pass alone");
  return { playerId: principal.playerId, sessionId: principal.playerSessionId };
}

/** Sessions and what they hang on are those of a sign-in; an operator's token for a player has none. */
export function signedInOf(request: FastifyRequest): Result<OwnAccount> {
  const own = ownAccountOf(request);
  if (own.sessionId !== null) return ok(own);
  return err("NOT_ALLOWED", "The token was not given for a sign-in of the player.");
}

/** Answers with tokens or personal data are stored by nobody on the way. */
export function sendPrivate(reply: FastifyReply, request: FastifyRequest, result: Result<unknown>, status = 200) {
  reply.header("cache-control", "no-store");
  if (!result.ok) return sendProblem(reply, result.error, request.traceId);
  return sendJson(reply, JSON.stringify(result.value), status);
}
