/** What every route of the door does with a request before, and with its outcome after. */
import type { FastifyReply, FastifyRequest } from "fastify";
import { principalOf } from "../edge/guard.ts";
import { sendJson } from "../edge/http-server.ts";
import { sendProblem } from "../edge/problem.ts";
import type { Sender } from "./read-command.ts";
import type { Submitted } from "./submit-command.ts";

export function senderOf(request: FastifyRequest): Sender {
  const principal = principalOf(request);
  return {
    principal,
    traceId: request.traceId,
    device:
      principal.kind === "machine"
        ? undefined
        : { ip: request.ip, ua: (request.headers["user-agent"] ?? "").slice(0, 512) },
  };
}

export function sendSubmitted(reply: FastifyReply, submitted: Submitted): FastifyReply {
  if (!submitted.ok) return sendProblem(reply, submitted.failure, submitted.traceId);
  if (submitted.repeated) reply.header("idempotent-replay", "true");
  return sendJson(reply, submitted.body);
}
