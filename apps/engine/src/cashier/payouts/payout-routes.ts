/** Payouts for players and for the operator's own site. */
import { listCancelRules } from "@pitboss/db/cashier/payout-policy-store";
import { listPlayerPayouts } from "@pitboss/db/cashier/list-payouts";
import { findPayout, type PayoutRecord } from "@pitboss/db/cashier/payout-store";
import { rememberDevice } from "@pitboss/db/cashier/remember-device";
import { payoutAnswer, type PayoutBody, payoutBody, payoutsAnswer } from "@pitboss/domain/cashier/payout-contract";
import { formatId, parseId } from "@pitboss/domain/kernel/public-id";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import { largestAmount } from "@pitboss/domain/wallet/money";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { checkOwnPlayer, guard, principalOf } from "../../edge/guard.ts";
import { sendJson, type TypedServer } from "../../edge/http-server.ts";
import { sendProblem } from "../../edge/problem.ts";
import { doorProblems, moneyProblems } from "../../edge/route-problems.ts";
import { readMoney, readPlayerId } from "../../gaming/read-command.ts";
import { hash64, requestKey } from "../../gaming/request-key.ts";
import type { Authenticator, Principal } from "../../identity/authenticate.ts";
import { readPlayer } from "../../wallet/present-wallet.ts";
import { cursorField, playerQuery } from "../../wallet/wallet-routes.ts";
import type { Cashier } from "../cashier.ts";
import { cancelPayout } from "./cancel-payout.ts";
import { presentPayout } from "./present-payout.ts";
import { type PayoutWish, requestPayout } from "./request-payout.ts";

const tags = ["Payouts"];
const payoutParams = z.strictObject({ payoutId: z.string().max(20).meta({ example: "pay_3" }) });

export function registerPayoutRoutes(server: TypedServer, cashier: Cashier, authenticator: Authenticator): void {
  const may = guard(authenticator, { player: true, machine: "payouts" });
  registerRequest(server, cashier, may);
  registerReading(server, cashier, may);

  server.post(
    "/v1/payouts/:payoutId/cancel",
    {
      onRequest: may,
      config: { problems: ["PAYOUT_NOT_FOUND", "PAYOUT_NOT_OPEN", "PAYOUT_NOT_CANCELLABLE", ...doorProblems] },
      schema: {
        tags,
        summary: "Take a payout back",
        description:
          "Gives the amount back to the player, while it has not been sent and where the law of where they live lets them: see `mayCancel`. A repeat changes nothing.",
        operationId: "cancelPayout",
        params: payoutParams,
        response: { 200: payoutAnswer },
      },
    },
    async (request, reply) => {
      const principal = principalOf(request);
      if (principal.kind === "session") return sendProblem(reply, { code: "NOT_ALLOWED" }, request.traceId);
      const payout = await findOwn(cashier, principal, request.params.payoutId);
      if (payout === undefined) return sendProblem(reply, { code: "PAYOUT_NOT_FOUND" }, request.traceId);
      const cancelled = await cancelPayout(cashier, payout.id, actorOf(principal));
      if (!cancelled.ok) return sendProblem(reply, cancelled.error, request.traceId);
      return answer(cashier, reply, cancelled.value);
    },
  );
}

function registerRequest(server: TypedServer, cashier: Cashier, may: ReturnType<typeof guard>): void {
  server.post(
    "/v1/payouts",
    {
      onRequest: may,
      config: {
        problems: [
          ...doorProblems,
          ...moneyProblems,
          "FUNDS_INSUFFICIENT",
          "INSTRUMENT_NOT_FOUND",
          "INSTRUMENT_NOT_VERIFIED",
          "INSTRUMENT_EXPIRED",
          "PAYOUT_UNAVAILABLE",
          "PAYOUT_TOO_SMALL",
          "PAYOUT_TOO_LARGE",
          "PAYOUT_NOT_TO_SOURCE",
          "PAYOUT_FORFEITS_BONUS",
          "PAYOUT_NOT_FOUND",
        ],
      },
      schema: {
        tags,
        summary: "Ask for a payout",
        description:
          "Sets the amount aside, of cash alone, and checks the payout; small ones leave by themselves, others wait for people. The answer is the payout as it stands then. A repeat of the request is the same payout. Money goes back to where it came from before it goes anywhere else: `PAYOUT_NOT_TO_SOURCE` says in its `data` which instrument comes first and how much may go where. `PAYOUT_FORFEITS_BONUS` says what the player would lose; once they have accepted it, send a new request with `forfeitBonus`.",
        operationId: "requestPayout",
        body: payoutBody,
        response: { 200: payoutAnswer },
      },
    },
    async (request, reply) => {
      const principal = principalOf(request);
      const wish = readWish(request.body, principal, request);
      if (!wish.ok) return sendProblem(reply, wish.error, request.traceId);
      const device = deviceOf(request, principal, wish.value.playerId);
      if (device !== undefined) await rememberDevice(cashier.db, device);
      const payout = await requestPayout(cashier, { ...wish.value, device });
      if (!payout.ok) return sendProblem(reply, payout.error, request.traceId);
      return answer(cashier, reply, payout.value);
    },
  );
}

function registerReading(server: TypedServer, cashier: Cashier, may: ReturnType<typeof guard>): void {
  server.get(
    "/v1/payouts/:payoutId",
    {
      onRequest: may,
      config: { problems: ["PAYOUT_NOT_FOUND"] },
      schema: {
        tags,
        summary: "One payout",
        description: "As it stands now, with what the player is told.",
        operationId: "getPayout",
        params: payoutParams,
        response: { 200: payoutAnswer },
      },
    },
    async (request, reply) => {
      const payout = await findOwn(cashier, principalOf(request), request.params.payoutId);
      if (payout === undefined) return sendProblem(reply, { code: "PAYOUT_NOT_FOUND" }, request.traceId);
      return answer(cashier, reply, payout);
    },
  );

  server.get(
    "/v1/payouts",
    {
      onRequest: may,
      config: { problems: ["ID_INVALID", "PLAYER_NOT_FOUND", "CURSOR_INVALID"] },
      schema: {
        tags,
        summary: "A player's payouts, newest first",
        description: "Those that left, those that wait and those that did not.",
        operationId: "listPayouts",
        querystring: playerQuery.extend({
          cursor: cursorField,
          limit: z.coerce.number().int().min(1).max(200).default(50),
        }),
        response: { 200: payoutsAnswer },
      },
    },
    async (request, reply) => {
      const { cursor, limit } = request.query;
      const playerId = await readPlayer(cashier.db, principalOf(request), request.query.playerId);
      if (!playerId.ok) return sendProblem(reply, playerId.error, request.traceId);
      const before = cursor === undefined ? undefined : parseId("payout", cursor);
      if (cursor !== undefined && before === undefined) {
        return sendProblem(reply, { code: "CURSOR_INVALID" }, request.traceId);
      }
      const rows = await listPlayerPayouts(cashier.db, { playerId: playerId.value, before, limit: limit + 1 });
      const rules = await listCancelRules(cashier.db, new Date(cashier.clock.now()));
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      const body: z.infer<typeof payoutsAnswer> = {
        payouts: page.map((payout) => presentPayout(payout, rules)),
        next: rows.length > limit && last !== undefined ? formatId("payout", last.id) : null,
      };
      return sendJson(reply, JSON.stringify(body));
    },
  );
}

async function answer(cashier: Cashier, reply: FastifyReply, payout: PayoutRecord): Promise<FastifyReply> {
  const rules = await listCancelRules(cashier.db, new Date(cashier.clock.now()));
  return sendJson(reply, JSON.stringify(presentPayout(payout, rules)));
}

/** Somebody else's is as good as none, so that ids tell nothing. */
async function findOwn(cashier: Cashier, principal: Principal, text: string): Promise<PayoutRecord | undefined> {
  const id = parseId("payout", text);
  const payout = id === undefined ? undefined : await findPayout(cashier.db, id);
  return payout !== undefined && checkOwnPlayer(principal, payout.playerId).ok ? payout : undefined;
}

function actorOf(principal: Principal): string {
  return principal.kind === "machine" ? principal.scope : `player:${principal.scope}`;
}

function readWish(
  body: PayoutBody,
  principal: Principal,
  { traceId }: FastifyRequest,
): Result<Omit<PayoutWish, "device">> {
  if (principal.kind === "session") return err("NOT_ALLOWED", "A game session's token can bet, and nothing else.");
  if (principal.kind === "machine" && principal.providerId !== null) {
    return err("NOT_ALLOWED", "A game provider's key asks for no payouts.");
  }
  const playerId = readPlayerId(body.playerId);
  if (!playerId.ok) return playerId;
  const own = checkOwnPlayer(principal, playerId.value);
  if (!own.ok) return own;
  const money = readMoney(body.amount, "amount");
  if (!money.ok) return money;
  const { minor, currency } = money.value;
  if (minor === 0n || minor > largestAmount) return err("AMOUNT_INVALID", "A payout is above zero.");
  const instrumentId = parseId("instrument", body.instrumentId);
  if (instrumentId === undefined) return err("INSTRUMENT_NOT_FOUND");
  const forfeitBonus = body.forfeitBonus ?? false;
  return ok({
    playerId: playerId.value,
    requestId: body.requestId,
    requestKey: requestKey(`${principal.scope}|payout`, body.requestId),
    bodyHash: hash64(`payout|${playerId.value}|${minor}|${currency}|${instrumentId}|${forfeitBonus}`),
    traceId,
    currency,
    amount: minor,
    instrumentId,
    forfeitBonus,
    actor: principal.kind === "machine" ? principal.scope : null,
  });
}

/** Named as the devices of bets are, so that one that bets is known here too. */
function deviceOf(
  request: FastifyRequest<{ Body: PayoutBody }>,
  principal: Principal,
  playerId: bigint,
): { readonly id: bigint; readonly playerId: bigint; readonly ip: string; readonly userAgent: string } | undefined {
  const told =
    principal.kind === "machine" ? request.body.device : { ip: request.ip, ua: request.headers["user-agent"] ?? "" };
  if (told === undefined) return undefined;
  return { id: hash64(`${playerId}|${told.ip}|${told.ua}`), playerId, ip: told.ip, userAgent: told.ua };
}
