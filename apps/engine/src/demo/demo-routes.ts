/**
 * What the stream of simulated play needs beyond the public contract: who the demo's players are, and new money for those
 * who lost theirs. These routes do not exist when NODE_ENV is production.
 */
import { findPlayerStatus, setPlayerStatus } from "@pitboss/db/identity/player-directory";
import { findAnsweredKeys, listFirstPlayers } from "@pitboss/db/identity/list-first-players";
import { amountField, requestIdField } from "@pitboss/domain/gaming/contract";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { postedAnswer } from "@pitboss/domain/wallet/contract";
import { z } from "zod";
import { guard, principalOf } from "../edge/guard.ts";
import { sendJson, type TypedServer } from "../edge/http-server.ts";
import { sendProblem } from "../edge/problem.ts";
import { doorProblems, moneyProblems } from "../edge/route-problems.ts";
import { readMoney, readPlayerId } from "../gaming/read-command.ts";
import { sendSubmitted } from "../gaming/send-answer.ts";
import { submitCommand, type SubmitContext } from "../gaming/submit-command.ts";
import type { Authenticator } from "../identity/authenticate.ts";
import { demoDepositEnvelope, firstDepositKey } from "./demo-deposit.ts";

export interface DemoRoutesContext extends SubmitContext {
  readonly authenticator: Authenticator;
}

const tags = ["Demo"];
/** The seed makes its players before anyone else can make some. */
const lookAtFirst = 500;

const demoPlayersAnswer = z
  .object({
    players: z.array(
      z.object({
        playerId: z.string().meta({ example: "p_2" }),
        nickname: z.string().meta({ example: "bruno" }),
        country: z.string().meta({ example: "DE" }),
      }),
    ),
  })
  .meta({ id: "DemoPlayers", examples: [{ players: [{ playerId: "p_2", nickname: "bruno", country: "DE" }] }] });

const depositBody = z
  .strictObject({
    requestId: requestIdField,
    playerId: z.string().max(20).meta({ example: "p_2" }),
    amount: amountField,
  })
  .meta({
    id: "DemoDeposit",
    examples: [{ requestId: "deposit-1", playerId: "p_2", amount: { amount: "50.00", currency: "EUR" } }],
  });

export function registerDemoRoutes(server: TypedServer, context: DemoRoutesContext): void {
  const { authenticator, db } = context;
  const onlyDemo = guard(authenticator, { machine: "demo:deposits" });

  server.get(
    "/v1/demo/players",
    {
      onRequest: onlyDemo,
      schema: {
        tags,
        summary: "The demo's players",
        description: "Whom the demo casino was made with. Not there when NODE_ENV is production.",
        operationId: "listDemoPlayers",
        response: { 200: demoPlayersAnswer },
      },
    },
    async (_request, reply) => {
      const first = await listFirstPlayers(db, lookAtFirst);
      const known = await findAnsweredKeys(
        db,
        first.map(({ id }) => firstDepositKey(id)),
      );
      const players = first
        .filter(({ id }) => known.has(firstDepositKey(id)))
        .map(({ id, nickname, country }) => ({ playerId: formatId("player", id), nickname, country }));
      return sendJson(reply, JSON.stringify({ players }));
    },
  );

  server.post(
    "/v1/demo/deposits",
    {
      onRequest: onlyDemo,
      config: { problems: [...doorProblems, ...moneyProblems] },
      schema: {
        tags,
        summary: "Give a player money that nobody paid",
        description:
          "A DEPOSIT from the payment service demo-card, for trying things out. Not there when NODE_ENV is production.",
        operationId: "makeDemoDeposit",
        body: depositBody,
        response: { 200: postedAnswer },
      },
    },
    async (request, reply) => {
      const { body, traceId } = request;
      const principal = principalOf(request);
      const playerId = readPlayerId(body.playerId);
      if (!playerId.ok) return sendProblem(reply, playerId.error, traceId);
      const money = readMoney(body.amount, "amount");
      if (!money.ok) return sendProblem(reply, money.error, traceId);
      const { minor, currency } = money.value;
      if (minor === 0n) {
        return sendProblem(reply, { code: "AMOUNT_INVALID", detail: "A deposit is above zero." }, traceId);
      }
      const envelope = demoDepositEnvelope({
        playerId: playerId.value,
        amount: minor,
        currency,
        requestId: body.requestId,
        traceId,
        actor: principal.kind === "machine" ? `machine:${principal.name}` : "",
      });
      return sendSubmitted(reply, await submitCommand(context, envelope));
    },
  );

  server.post(
    "/v1/demo/players/:playerId/block",
    {
      onRequest: onlyDemo,
      config: { problems: ["ID_INVALID", "PLAYER_NOT_FOUND"] },
      schema: {
        tags,
        summary: "Lock a player out of play",
        description:
          "To try what becomes of open bets then. Staff lock players by name. Not there when NODE_ENV is production.",
        operationId: "blockDemoPlayer",
        params: z.object({ playerId: z.string().meta({ example: "p_2" }) }),
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const playerId = readPlayerId(request.params.playerId);
      if (!playerId.ok) return sendProblem(reply, playerId.error, request.traceId);
      if ((await findPlayerStatus(db, playerId.value)) === undefined) {
        return sendProblem(reply, { code: "PLAYER_NOT_FOUND" }, request.traceId);
      }
      await setPlayerStatus(db, playerId.value, "BLOCKED");
      return reply.code(204).send(null);
    },
  );
}
