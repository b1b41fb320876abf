/** Deposits for players and for the operator's own site. */
import { findDeposit, listDeposits } from "@pitboss/db/cashier/deposit-store";
import {
  depositAnswer,
  type DepositBody,
  depositBody,
  depositsAnswer,
  methodsAnswer,
} from "@pitboss/domain/cashier/contract";
import { wireMethod } from "@pitboss/domain/cashier/payment-method";
import { formatId, parseId } from "@pitboss/domain/kernel/public-id";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import { largestAmount, formatMinor } from "@pitboss/domain/wallet/money";
import { z } from "zod";
import { checkOwnPlayer, guard, principalOf } from "../../edge/guard.ts";
import { sendJson, type TypedServer } from "../../edge/http-server.ts";
import { sendProblem } from "../../edge/problem.ts";
import { doorProblems, moneyProblems } from "../../edge/route-problems.ts";
import { readMoney, readPlayerId } from "../../gaming/read-command.ts";
import { hash64, requestKey } from "../../gaming/request-key.ts";
import type { Authenticator, Principal } from "../../identity/authenticate.ts";
import { type Place, placeOfCaller } from "../../risk/geo/judge-place.ts";
import { readPlayer } from "../../wallet/present-wallet.ts";
import { cursorField, playerQuery } from "../../wallet/wallet-routes.ts";
import type { Cashier } from "../cashier.ts";
import { presentDeposit } from "./present-deposit.ts";
import { listMethods } from "./list-methods.ts";
import { type DepositWish, requestDeposit } from "./request-deposit.ts";

const tags = ["Deposits"];

export function registerDepositRoutes(server: TypedServer, cashier: Cashier, authenticator: Authenticator): void {
  const may = guard(authenticator, { player: true, machine: "deposits" });
  registerReading(server, cashier, may);

  server.post(
    "/v1/deposits",
    {
      onRequest: may,
      config: {
        problems: [
          ...doorProblems,
          ...moneyProblems,
          "ACCOUNT_LOCKED",
          "ACCOUNT_CLOSED",
          "DEPOSIT_BELOW_MIN",
          "DEPOSIT_ABOVE_MAX",
          "DEPOSIT_TOO_OFTEN",
          "SELF_EXCLUDED",
          "TIME_OUT_RUNNING",
          "KYC_LEVEL_TOO_LOW",
          "KYC_DEPOSIT_CAP",
          "LOCATION_NOT_ALLOWED",
          "DEPOSIT_LIMIT_REACHED",
          "LIMIT_OTHER_CURRENCY",
          "RATES_UNAVAILABLE",
          "INSTRUMENT_NOT_OWN",
          "INSTRUMENT_INVALID",
          "METHOD_UNAVAILABLE",
          "PSP_UNAVAILABLE",
        ],
      },
      schema: {
        tags,
        summary: "Deposit by card",
        description:
          "Checks, writes the deposit down, and asks the payment provider for the money. The answer is the deposit as it stands then; while it is INITIATED or PENDING ask again by its id. A repeat of the request is the same deposit.",
        operationId: "requestDeposit",
        body: depositBody,
        response: { 200: depositAnswer },
      },
    },
    async (request, reply) => {
      const principal = principalOf(request);
      const { body, ip, traceId } = request;
      const place = await placeOfCaller(cashier.geo, principal, ip);
      const wish = readWish(body, principal, traceId, place);
      if (!wish.ok) return sendProblem(reply, wish.error, request.traceId);
      const deposit = await requestDeposit(cashier, wish.value);
      if (!deposit.ok) return sendProblem(reply, deposit.error, request.traceId);
      return sendJson(reply, JSON.stringify(presentDeposit(deposit.value)));
    },
  );
}

function registerReading(server: TypedServer, cashier: Cashier, may: ReturnType<typeof guard>): void {
  server.get(
    "/v1/deposits/methods",
    {
      onRequest: may,
      schema: {
        tags,
        summary: "How deposits can be made",
        description:
          "Each method with its currencies and the house's bounds, where whoever takes it is set up. A card's deposit is asked for at `POST /v1/deposits`, an address for crypto at `POST /v1/deposits/addresses`, the account and the reference of a transfer at `POST /v1/deposits/bank-references`.",
        operationId: "listDepositMethods",
        response: { 200: methodsAnswer },
      },
    },
    async (_request, reply) => {
      const body: z.infer<typeof methodsAnswer> = {
        methods: (await listMethods(cashier)).map(({ method, rules, providers }) => ({
          method: wireMethod(method),
          currencies: Object.fromEntries(
            [...rules].map(([currency, { minAmount, maxAmount }]) => [
              currency,
              { min: formatMinor(minAmount, currency), max: formatMinor(maxAmount, currency) },
            ]),
          ),
          providers,
        })),
      };
      return sendJson(reply, JSON.stringify(body));
    },
  );

  server.get(
    "/v1/deposits/:depositId",
    {
      onRequest: may,
      config: { problems: ["DEPOSIT_NOT_FOUND"] },
      schema: {
        tags,
        summary: "One deposit",
        description: "As it stands now.",
        operationId: "getDeposit",
        params: z.strictObject({ depositId: z.string().max(20).meta({ example: "dep_8" }) }),
        response: { 200: depositAnswer },
      },
    },
    async (request, reply) => {
      const id = parseId("deposit", request.params.depositId);
      const deposit = id === undefined ? undefined : await findDeposit(cashier.db, id);
      // Somebody else's is as good as none, so that ids tell nothing.
      if (deposit === undefined || !checkOwnPlayer(principalOf(request), deposit.playerId).ok) {
        return sendProblem(reply, { code: "DEPOSIT_NOT_FOUND" }, request.traceId);
      }
      return sendJson(reply, JSON.stringify(presentDeposit(deposit)));
    },
  );

  server.get(
    "/v1/deposits",
    {
      onRequest: may,
      config: { problems: ["ID_INVALID", "PLAYER_NOT_FOUND", "CURSOR_INVALID"] },
      schema: {
        tags,
        summary: "A player's deposits, newest first",
        description: "Those that came and those that did not.",
        operationId: "listDeposits",
        querystring: playerQuery.extend({
          cursor: cursorField,
          limit: z.coerce.number().int().min(1).max(200).default(50),
        }),
        response: { 200: depositsAnswer },
      },
    },
    async (request, reply) => {
      const { cursor, limit } = request.query;
      const playerId = await readPlayer(cashier.db, principalOf(request), request.query.playerId);
      if (!playerId.ok) return sendProblem(reply, playerId.error, request.traceId);
      const before = cursor === undefined ? undefined : parseId("deposit", cursor);
      if (cursor !== undefined && before === undefined) {
        return sendProblem(reply, { code: "CURSOR_INVALID" }, request.traceId);
      }
      const rows = await listDeposits(cashier.db, { playerId: playerId.value, before, limit: limit + 1 });
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      const body: z.infer<typeof depositsAnswer> = {
        deposits: page.map(presentDeposit),
        next: rows.length > limit && last !== undefined ? formatId("deposit", last.id) : null,
      };
      return sendJson(reply, JSON.stringify(body));
    },
  );
}

function readWish(body: DepositBody, principal: Principal, traceId: string, place: Place | null): Result<DepositWish> {
  if (principal.kind === "session") return err("NOT_ALLOWED", "A game session's token can bet, and nothing else.");
  if (principal.kind === "machine" && principal.providerId !== null) {
    return err("NOT_ALLOWED", "A game provider's key makes no deposits.");
  }
  const playerId = readPlayerId(body.playerId);
  if (!playerId.ok) return playerId;
  const own = checkOwnPlayer(principal, playerId.value);
  if (!own.ok) return own;
  const money = readMoney(body.amount, "amount");
  if (!money.ok) return money;
  const { minor, currency } = money.value;
  if (minor === 0n || minor > largestAmount) return err("AMOUNT_INVALID", "A deposit is above zero.");
  const more = body.moreTokens ?? [];
  return ok({
    playerId: playerId.value,
    requestId: body.requestId,
    requestKey: requestKey(`${principal.scope}|deposit`, body.requestId),
    bodyHash: hash64(
      `deposit|${playerId.value}|${minor}|${currency}|${body.method}|${[body.token, ...more].join("|")}`,
    ),
    traceId,
    currency,
    amount: minor,
    token: body.token,
    moreTokens: more,
    returnUrl: body.returnUrl ?? null,
    place,
  });
}
