/** Game banks for players and for the operator's own site. */
import { listBankTransfers } from "@pitboss/db/gaming/bank-transfer-store";
import { findGameBank, type GameBankRecord, listGameBanks } from "@pitboss/db/gaming/game-bank-store";
import {
  bankCloseBody,
  bankInBody,
  bankOutBody,
  bankTransferAnswer,
  gameBankAnswer,
  gameBanksAnswer,
} from "@pitboss/domain/gaming/game-bank/bank-contract";
import { parseId } from "@pitboss/domain/kernel/public-id";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { checkOwnPlayer, guard, principalOf } from "../../edge/guard.ts";
import { sendJson, type TypedServer } from "../../edge/http-server.ts";
import { sendProblem } from "../../edge/problem.ts";
import { doorProblems, moneyProblems } from "../../edge/route-problems.ts";
import type { Authenticator, Principal } from "../../identity/authenticate.ts";
import type { GeoLocator } from "../../risk/geo/geo-locator.ts";
import { placeOfCaller } from "../../risk/geo/judge-place.ts";
import { readPlayer } from "../../wallet/present-wallet.ts";
import { playerQuery } from "../../wallet/wallet-routes.ts";
import { readMoney, readPlayerId } from "../read-command.ts";
import { hash64, requestKey } from "../request-key.ts";
import { beginClosing, followClosing } from "./close-bank.ts";
import type { BankDesk } from "./game-bank.ts";
import { presentBank, presentTransfer } from "./present-bank.ts";
import { type InWish, transferIn, transferOut } from "./request-transfer.ts";

export interface BankRoutesContext {
  readonly banks: BankDesk;
  readonly geo: GeoLocator;
  readonly authenticator: Authenticator;
}

const tags = ["Game banks"];
const mostShown = 100;
const params = z.strictObject({ gameBankId: z.string().max(20).meta({ example: "gb_4" }) });

export const bankInProblems = [
  ...doorProblems,
  ...moneyProblems,
  "GAME_BANK_NONE",
  "GAME_BANK_CLOSED",
  "GAME_BANK_BUSY",
  "GAME_BANK_FULL",
  "CURRENCY_MISMATCH",
  "COUNTRY_CLOSED",
  "PLAYER_BLOCKED",
  "PROVIDER_PAUSED",
  "FUNDS_INSUFFICIENT",
  "SELF_EXCLUDED",
  "TIME_OUT_RUNNING",
  "KYC_LEVEL_TOO_LOW",
  "WAGER_LIMIT_REACHED",
  "LOSS_LIMIT_REACHED",
  "LIMIT_OTHER_CURRENCY",
  "LOCATION_NOT_ALLOWED",
] as const;

export function registerBankRoutes(server: TypedServer, context: BankRoutesContext): void {
  const may = guard(context.authenticator, { player: true, machine: "sessions" });
  registerReading(server, context, may);
  registerMoving(server, context, may);

  server.post(
    "/v1/game-banks/:gameBankId/close",
    {
      onRequest: may,
      config: { problems: ["ID_INVALID", "GAME_BANK_NOT_FOUND"] },
      schema: {
        tags,
        summary: "Leave a game bank",
        description:
          "Takes back everything that is left, and ends when the provider has said what that was. Safe to repeat: the answer is the game bank as it stands.",
        operationId: "closeGameBank",
        params,
        body: bankCloseBody,
        response: { 200: gameBankAnswer },
      },
    },
    async (request, reply) => {
      const bank = await findOwn(context, request, request.body.playerId);
      if (!bank.ok) return sendProblem(reply, bank.error, request.traceId);
      if (await beginClosing(context.banks, bank.value, "PLAYER")) await followClosing(context.banks, bank.value.id);
      return sendBank(context, reply, bank.value);
    },
  );
}

function registerReading(server: TypedServer, context: BankRoutesContext, may: ReturnType<typeof guard>): void {
  const { db } = context.banks;
  server.get(
    "/v1/game-banks",
    {
      onRequest: may,
      config: { problems: ["ID_INVALID", "PLAYER_NOT_FOUND"] },
      schema: {
        tags,
        summary: "A player's game banks, newest first",
        description: "Those that are open or being closed, each with what the house owes the player there.",
        operationId: "listGameBanks",
        querystring: playerQuery,
        response: { 200: gameBanksAnswer },
      },
    },
    async (request, reply) => {
      const playerId = await readPlayer(db, principalOf(request), request.query.playerId);
      if (!playerId.ok) return sendProblem(reply, playerId.error, request.traceId);
      const banks = await listGameBanks(db, { playerId: playerId.value, live: true, limit: mostShown });
      return sendJson(reply, JSON.stringify({ gameBanks: banks.map(presentBank) }));
    },
  );

  server.get(
    "/v1/game-banks/:gameBankId",
    {
      onRequest: may,
      config: { problems: ["GAME_BANK_NOT_FOUND"] },
      schema: {
        tags,
        summary: "One game bank, with its transfers",
        description: "As it stands now; the newest hundred transfers.",
        operationId: "getGameBank",
        params,
        response: { 200: gameBankAnswer },
      },
    },
    async (request, reply) => {
      const bank = await findOwn(context, request);
      if (!bank.ok) return sendProblem(reply, bank.error, request.traceId);
      return sendBank(context, reply, bank.value);
    },
  );
}

function registerMoving(server: TypedServer, context: BankRoutesContext, may: ReturnType<typeof guard>): void {
  server.post(
    "/v1/game-banks/:gameBankId/in",
    {
      onRequest: may,
      config: { problems: ["GAME_BANK_NOT_FOUND", ...bankInProblems] },
      schema: {
        tags,
        summary: "Take cash to a game bank",
        description:
          "Cash alone, never bonus money. The answer is the transfer as it stands; while it is SENT or UNKNOWN the provider is asked, and the game bank shows what came of it. A repeat of the request is the same transfer.",
        operationId: "transferIntoGameBank",
        params,
        body: bankInBody,
        response: { 200: bankTransferAnswer },
      },
    },
    async (request, reply) => {
      const { body, traceId } = request;
      const bank = await findOwn(context, request, body.playerId);
      if (!bank.ok) return sendProblem(reply, bank.error, traceId);
      const wish = await readIn(context, request, bank.value, body.requestId, body.amount);
      const moved = wish.ok ? await transferIn(context.banks, bank.value, wish.value) : wish;
      if (!moved.ok) return sendProblem(reply, moved.error, traceId);
      return sendJson(reply, JSON.stringify(presentTransfer(moved.value)));
    },
  );

  server.post(
    "/v1/game-banks/:gameBankId/out",
    {
      onRequest: may,
      config: {
        problems: [
          "ID_INVALID",
          "GAME_BANK_NOT_FOUND",
          ...moneyProblems,
          "CURRENCY_MISMATCH",
          "REQUEST_REUSED",
          "GAME_BANK_BUSY",
          "GAME_BANK_CLOSED",
          "OUTCOME_UNKNOWN",
        ],
      },
      schema: {
        tags,
        summary: "Bring money back from a game bank",
        description: "An amount, or everything. A player who may not play any more can always take it out.",
        operationId: "transferOutOfGameBank",
        params,
        body: bankOutBody,
        response: { 200: bankTransferAnswer },
      },
    },
    async (request, reply) => {
      const { body, traceId } = request;
      const bank = await findOwn(context, request, body.playerId);
      if (!bank.ok) return sendProblem(reply, bank.error, traceId);
      const amount = body.amount === undefined ? ok(null) : readAmount(bank.value, body.amount);
      if (!amount.ok) return sendProblem(reply, amount.error, traceId);
      const { requestId } = body;
      const wish = { ...named(request, requestId, `out|${request.params.gameBankId}|${amount.value ?? "all"}`) };
      const moved = await transferOut(context.banks, bank.value, { ...wish, amount: amount.value });
      if (!moved.ok) return sendProblem(reply, moved.error, traceId);
      return sendJson(reply, JSON.stringify(presentTransfer(moved.value)));
    },
  );
}

/** Also of a launch, which takes the amount in at once. */
export async function readIn(
  { geo }: Pick<BankRoutesContext, "geo">,
  request: FastifyRequest,
  bank: GameBankRecord,
  requestId: string,
  sent: { amount: string; currency: string },
): Promise<Result<InWish>> {
  const amount = readAmount(bank, sent);
  if (!amount.ok) return amount;
  const place = await placeOfCaller(geo, principalOf(request), request.ip);
  return ok({ ...named(request, requestId, `in|${bank.id}|${amount.value}`), amount: amount.value, place });
}

function readAmount(bank: GameBankRecord, sent: { amount: string; currency: string }): Result<bigint> {
  const money = readMoney(sent, "amount");
  if (!money.ok) return money;
  if (money.value.currency !== bank.currency) return err("CURRENCY_MISMATCH");
  return money.value.minor === 0n ? err("AMOUNT_INVALID", "An amount to move is above zero.") : ok(money.value.minor);
}

function named(request: FastifyRequest, requestId: string, meaning: string) {
  const principal: Principal = principalOf(request);
  return {
    requestId,
    requestKey: requestKey(`${principal.scope}|game-bank`, requestId),
    bodyHash: hash64(meaning),
    traceId: request.traceId,
    actor: principal.kind === "machine" ? `machine:${principal.name}` : null,
  };
}

/** Somebody else's is as good as none, so that ids tell nothing. */
async function findOwn(
  { banks }: BankRoutesContext,
  request: FastifyRequest<{ Params: z.infer<typeof params> }>,
  playerText?: string,
): Promise<Result<GameBankRecord>> {
  const principal = principalOf(request);
  if (principal.kind === "machine" && principal.providerId !== null) {
    return err("NOT_ALLOWED", "A game provider's key does not move a player's cash.");
  }
  const id = parseId("gameBank", request.params.gameBankId);
  const bank = id === undefined ? undefined : await findGameBank(banks.db, id);
  if (bank === undefined || !checkOwnPlayer(principal, bank.playerId).ok) return err("GAME_BANK_NOT_FOUND");
  if (playerText === undefined) return ok(bank);
  const playerId = readPlayerId(playerText);
  if (!playerId.ok) return playerId;
  return playerId.value === bank.playerId ? ok(bank) : err("GAME_BANK_NOT_FOUND");
}

async function sendBank({ banks }: BankRoutesContext, reply: FastifyReply, { id }: GameBankRecord) {
  const [bank, transfers] = await Promise.all([
    findGameBank(banks.db, id),
    listBankTransfers(banks.db, { sessionId: id, limit: mostShown }),
  ]);
  if (bank === undefined) throw new Error("a game bank that was found does not go away");
  return sendJson(reply, JSON.stringify({ ...presentBank(bank), transfers: transfers.map(presentTransfer) }));
}
