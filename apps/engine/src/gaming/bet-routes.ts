/** The public contract for bets. Each route reads its body into an envelope and sends it through the door. */
import type { Envelope } from "@pitboss/db/wallet/door/envelope";
import { findBetById } from "@pitboss/db/gaming/find-bet-by-id";
import {
  correctAnswer,
  correctBody,
  placeAnswer,
  placeBody,
  placeBulkBody,
  problem,
  rollbackBody,
  settleAnswer,
  settleBody,
  undoAnswer,
  voidBody,
} from "@pitboss/domain/gaming/contract";
import { parseId } from "@pitboss/domain/kernel/public-id";
import type { Result } from "@pitboss/domain/kernel/result";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { GameCatalog } from "../catalog/game-catalog.ts";
import { checkOwnPlayer, guard, principalOf } from "../edge/guard.ts";
import { sendJson, type TypedServer } from "../edge/http-server.ts";
import { problemOf, sendProblem } from "../edge/problem.ts";
import type { Authenticator } from "../identity/authenticate.ts";
import { presentBet } from "./present-bet.ts";
import {
  createDeviceMemory,
  readCorrect,
  readPlace,
  readRollback,
  readSettle,
  readVoid,
  type Sender,
} from "./read-command.ts";
import { submitCommand, type SubmitContext, type Submitted } from "./submit-command.ts";

export interface BetRoutesContext extends SubmitContext {
  readonly catalog: GameCatalog;
  readonly authenticator: Authenticator;
}

const answers = (accepted: z.ZodType) => ({ 200: accepted, "4xx": problem, "5xx": problem });
const tags = ["Bets"];

export function registerBetRoutes(server: TypedServer, context: BetRoutesContext): void {
  const { authenticator, catalog } = context;
  const devices = createDeviceMemory(200_000);
  const canPlace = guard(authenticator, { player: true, machine: "bets" });
  const canSettle = guard(authenticator, { machine: "settlements" });
  const canRead = guard(authenticator, { player: true, machine: "bets" });

  const readOnePlace = (body: z.infer<typeof placeBody>, sender: Sender): Result<Envelope> => {
    const read = readPlace(body, sender, catalog, devices);
    if (!read.ok) return read;
    const own = checkOwnPlayer(sender.principal, read.value.command.playerId);
    return own.ok ? read : own;
  };

  const send = async (request: FastifyRequest, reply: FastifyReply, read: Result<Envelope>): Promise<FastifyReply> => {
    if (!read.ok) return sendProblem(reply, read.error, request.traceId);
    return sendSubmitted(reply, await submitCommand(context, read.value));
  };

  // The brief's own address, without a version, stays open beside the versioned one.
  for (const url of ["/v1/bets/place", "/bets/place"]) {
    server.post(
      url,
      {
        onRequest: canPlace,
        schema: {
          tags,
          summary: "Place a bet",
          description: "Takes the stake into a hold. The same request id gets its first answer again.",
          operationId: url === "/v1/bets/place" ? "placeBet" : "placeBetUnversioned",
          body: placeBody,
          response: answers(placeAnswer),
        },
      },
      (request, reply) => send(request, reply, readOnePlace(request.body, senderOf(request))),
    );
  }

  server.post(
    "/v1/bets/place-bulk",
    {
      onRequest: canPlace,
      schema: {
        tags,
        summary: "Place up to 100 bets",
        description: "Each is decided on its own: one that is refused takes nothing from the others.",
        operationId: "placeBets",
        body: placeBulkBody,
        response: answers(z.object({ answers: z.array(z.union([placeAnswer, problem])) })),
      },
    },
    async (request, reply) => {
      const sender = senderOf(request);
      const bodies = await Promise.all(request.body.bets.map((raw) => placeOneOfMany(raw, sender)));
      return sendJson(reply, `{"answers":[${bodies.join(",")}]}`);
    },
  );

  async function placeOneOfMany(raw: unknown, sender: Sender): Promise<string> {
    const parsed = placeBody.safeParse(raw);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      const detail = issue === undefined ? "" : `${issue.path.join(".")}: ${issue.message}`;
      return JSON.stringify(problemOf({ code: "REQUEST_INVALID", detail }, sender.traceId));
    }
    const read = readOnePlace(parsed.data, sender);
    if (!read.ok) return JSON.stringify(problemOf(read.error, sender.traceId));
    const submitted = await submitCommand(context, read.value);
    return submitted.ok ? submitted.body : JSON.stringify(problemOf(submitted.failure, submitted.traceId));
  }

  server.post(
    "/v1/rounds/settle",
    {
      onRequest: canSettle,
      schema: {
        tags: ["Rounds"],
        summary: "Settle bets of a round",
        description: "Payouts are gross. All results of a request are settled, or none is.",
        operationId: "settleRound",
        body: settleBody,
        response: answers(settleAnswer),
      },
    },
    (request, reply) => send(request, reply, readSettle(request.body, senderOf(request), catalog)),
  );

  server.post(
    "/v1/bets/void",
    {
      onRequest: canSettle,
      schema: {
        tags,
        summary: "Void a held bet",
        operationId: "voidBet",
        body: voidBody,
        response: answers(undoAnswer),
      },
    },
    (request, reply) => send(request, reply, readVoid(request.body, senderOf(request))),
  );

  server.post(
    "/v1/bets/rollback",
    {
      onRequest: canSettle,
      schema: {
        tags,
        summary: "Roll a bet back",
        description: "A rollback that comes before its bet leaves a tombstone: the bet is refused when it comes.",
        operationId: "rollbackBet",
        body: rollbackBody,
        response: answers(undoAnswer),
      },
    },
    (request, reply) => send(request, reply, readRollback(request.body, senderOf(request))),
  );

  server.post(
    "/v1/bets/correct",
    {
      onRequest: canSettle,
      schema: {
        tags,
        summary: "Correct a settled bet",
        description: "Pays or takes back the difference to what the bet should have paid.",
        operationId: "correctBet",
        body: correctBody,
        response: answers(correctAnswer),
      },
    },
    (request, reply) => send(request, reply, readCorrect(request.body, senderOf(request))),
  );

  server.get(
    "/v1/bets/:betId",
    {
      onRequest: canRead,
      schema: {
        tags,
        summary: "A bet and all that happened to it",
        operationId: "getBet",
        params: z.object({ betId: z.string() }),
      },
    },
    async (request, reply) => {
      const id = parseId("bet", request.params.betId);
      if (id === undefined) return sendProblem(reply, { code: "ID_INVALID" }, request.traceId);
      const bet = await findBetById(context.db, id);
      const principal = principalOf(request);
      const visible =
        bet !== undefined &&
        (principal.kind === "machine"
          ? principal.providerId === null || principal.providerId === bet.providerId
          : principal.playerId === bet.playerId);
      if (!visible) return sendProblem(reply, { code: "BET_NOT_FOUND" }, request.traceId);
      return sendJson(reply, JSON.stringify(presentBet(bet)));
    },
  );
}

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

function sendSubmitted(reply: FastifyReply, submitted: Submitted): FastifyReply {
  if (!submitted.ok) return sendProblem(reply, submitted.failure, submitted.traceId);
  if (submitted.repeated) reply.header("idempotent-replay", "true");
  return sendJson(reply, submitted.body);
}
