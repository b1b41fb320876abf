/** The public contract for bets. Each route reads its body into an envelope and sends it through the door. */
import type { Envelope } from "@pitboss/db/wallet/door/envelope";
import { findBetById } from "@pitboss/db/gaming/find-bet-by-id";
import {
  correctAnswer,
  correctBody,
  answersOf,
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
import { guard, principalOf } from "../edge/guard.ts";
import { sendJson, type TypedServer } from "../edge/http-server.ts";
import { sendProblem } from "../edge/problem.ts";
import type { Authenticator } from "../identity/authenticate.ts";
import { presentBet } from "./present-bet.ts";
import { readCorrect, readRollback, readSettle, readVoid } from "./read-command.ts";
import { sendSubmitted, senderOf } from "./send-answer.ts";
import { submitCommand, type SubmitContext } from "./submit-command.ts";

export interface BetRoutesContext extends SubmitContext {
  readonly catalog: GameCatalog;
  readonly authenticator: Authenticator;
}

const tags = ["Bets"];

export function registerBetRoutes(server: TypedServer, context: BetRoutesContext): void {
  const { authenticator, catalog } = context;
  const canSettle = guard(authenticator, { machine: "settlements" });
  const canRead = guard(authenticator, { player: true, machine: "bets" });

  const send = async (request: FastifyRequest, reply: FastifyReply, read: Result<Envelope>): Promise<FastifyReply> => {
    if (!read.ok) return sendProblem(reply, read.error, request.traceId);
    return sendSubmitted(reply, await submitCommand(context, read.value));
  };

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
        response: answersOf(settleAnswer),
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
        response: answersOf(undoAnswer),
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
        response: answersOf(undoAnswer),
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
        response: answersOf(correctAnswer),
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
