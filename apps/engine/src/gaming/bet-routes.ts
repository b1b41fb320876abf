/** The public contract for bets. Each route reads its body into an envelope and sends it through the door. */
import type { Envelope } from "@pitboss/db/wallet/door/envelope";
import { findBetById } from "@pitboss/db/gaming/find-bet-by-id";
import {
  correctAnswer,
  correctBody,
  answersOf,
  betAnswer,
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
import { guard, maySeeBet, principalOf } from "../edge/guard.ts";
import { sendJson, type TypedServer } from "../edge/http-server.ts";
import { sendProblem } from "../edge/problem.ts";
import { doorProblems, moneyProblems } from "../edge/route-problems.ts";
import type { Authenticator } from "../identity/authenticate.ts";
import type { GeoLocator } from "../risk/geo/geo-locator.ts";
import { presentBet } from "./present-bet.ts";
import { readCorrect, readRollback, readSettle, readVoid } from "./read-command.ts";
import { sendSubmitted, senderOf } from "./send-answer.ts";
import { submitCommand, type SubmitContext } from "./submit-command.ts";

export interface BetRoutesContext extends SubmitContext {
  readonly catalog: GameCatalog;
  readonly authenticator: Authenticator;
  readonly geo: GeoLocator;
}

const tags = ["Bets"];
const undoProblems = [...doorProblems, "BET_NOT_FOUND", "BET_ALREADY_SETTLED", "BET_ALREADY_VOIDED"] as const;

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
      config: {
        problems: [
          ...doorProblems,
          ...moneyProblems,
          "GAME_NOT_FOUND",
          "BET_NOT_FOUND",
          "BET_OF_OTHER_ROUND",
          "BET_ALREADY_SETTLED",
          "BET_ALREADY_VOIDED",
          "CURRENCY_MISMATCH",
        ],
      },
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
      config: { problems: undoProblems },
      schema: {
        tags,
        summary: "Void a held bet",
        description: "Gives back what is still held, to where it came from.",
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
      config: { problems: undoProblems },
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
      config: {
        problems: [
          ...doorProblems,
          ...moneyProblems,
          "BET_NOT_FOUND",
          "BET_NOT_SETTLED",
          "CURRENCY_MISMATCH",
          "CORRECTION_UNCOVERED",
        ],
      },
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
      config: { problems: ["ID_INVALID", "BET_NOT_FOUND"] },
      schema: {
        tags,
        summary: "A bet and all that happened to it",
        description: "How its stake was funded, where it stands, and each step with its transaction.",
        operationId: "getBet",
        params: z.object({ betId: z.string().meta({ example: "bet_1q4c9g8v0400" }) }),
        response: { 200: betAnswer },
      },
    },
    async (request, reply) => {
      const id = parseId("bet", request.params.betId);
      if (id === undefined) return sendProblem(reply, { code: "ID_INVALID" }, request.traceId);
      const bet = await findBetById(context.db, id);
      if (bet === undefined || !maySeeBet(principalOf(request), bet)) {
        return sendProblem(reply, { code: "BET_NOT_FOUND" }, request.traceId);
      }
      return sendJson(reply, JSON.stringify(presentBet(bet)));
    },
  );
}
