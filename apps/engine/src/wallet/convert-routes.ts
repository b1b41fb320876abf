/** Exchange rates, and conversions of a player's cash at them. */
import type { Envelope } from "@pitboss/db/wallet/door/envelope";
import type { MoveCommand } from "@pitboss/domain/gaming/decide";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import {
  convertAnswer,
  convertBody,
  type ConvertBody,
  quoteAnswer,
  ratesAnswer,
} from "@pitboss/domain/wallet/contract";
import { type Currency, isCurrency } from "@pitboss/domain/wallet/currency";
import { formatMinor, parseAmount } from "@pitboss/domain/wallet/money";
import { z } from "zod";
import { checkOwnPlayer, guard } from "../edge/guard.ts";
import { sendJson, type TypedServer } from "../edge/http-server.ts";
import { sendProblem } from "../edge/problem.ts";
import { doorProblems, moneyProblems } from "../edge/route-problems.ts";
import { senderOf, sendSubmitted } from "../gaming/send-answer.ts";
import { common, readMoney, readPlayerId, type Sender } from "../gaming/read-command.ts";
import { hash64, requestKey } from "../gaming/request-key.ts";
import { submitCommand, type SubmitContext } from "../gaming/submit-command.ts";
import type { Authenticator } from "../identity/authenticate.ts";
import type { Clock } from "../kernel/context.ts";
import type { RateBoard } from "./rates/rate-board.ts";

export interface ConvertRoutesContext extends SubmitContext {
  readonly authenticator: Authenticator;
  readonly clock: Clock;
  readonly rates: RateBoard;
}

const tags = ["Exchange"];

export function registerConvertRoutes(server: TypedServer, context: ConvertRoutesContext): void {
  registerRateRoutes(server, context);
  const { authenticator, rates } = context;
  server.post(
    "/v1/wallet/convert",
    {
      onRequest: guard(authenticator, { player: true, machine: "wallets:convert" }),
      config: {
        problems: [
          ...doorProblems,
          ...moneyProblems,
          "FUNDS_INSUFFICIENT",
          "RATE_BELOW_EXPECTED",
          "RATE_NOT_FOUND",
          "RATE_STALE",
          "RATES_UNAVAILABLE",
        ],
      },
      schema: {
        tags,
        summary: "Convert cash to another currency",
        description:
          "At the rate of this moment, which is stored with the transaction. A repeat gets its first answer, at its first rate.",
        operationId: "convertCash",
        body: convertBody,
        response: { 200: convertAnswer },
      },
    },
    async (request, reply) => {
      const read = readConvert(request.body, senderOf(request), rates);
      if (!read.ok) return sendProblem(reply, read.error, request.traceId);
      return sendSubmitted(reply, await submitCommand(context, read.value));
    },
  );
}

function registerRateRoutes(server: TypedServer, { rates, clock }: ConvertRoutesContext): void {
  server.get(
    "/v1/rates",
    {
      config: { problems: ["RATES_UNAVAILABLE"] },
      schema: {
        tags,
        summary: "The exchange rates that conversions are made at",
        description: "The table in use, whose it is, and the instant that it is of.",
        operationId: "getRates",
        response: { 200: ratesAnswer },
      },
    },
    async (request, reply) => {
      const table = rates.current();
      if (!table.ok) return sendProblem(reply, table.error, request.traceId);
      const untilMs = rates.usableUntilMs();
      const body: z.infer<typeof ratesAnswer> = {
        ...table.value,
        usable: clock.now() <= untilMs,
        usableUntil: Number.isFinite(untilMs) ? new Date(untilMs).toISOString() : null,
      };
      return sendJson(reply, JSON.stringify(body));
    },
  );

  server.get(
    "/v1/rates/quote",
    {
      config: { problems: [...moneyProblems, "RATE_NOT_FOUND", "RATE_STALE", "RATES_UNAVAILABLE"] },
      schema: {
        tags,
        summary: "What an amount would be converted to now",
        description: "Binds nobody: send its result as `expected` to be refused rather than to get less.",
        operationId: "quoteConversion",
        querystring: z.strictObject({
          amount: z.string().max(40).meta({ example: "10.00" }),
          from: z.string().max(10).meta({ example: "EUR" }),
          to: z.string().max(10).meta({ example: "USD" }),
        }),
        response: { 200: quoteAnswer },
      },
    },
    async (request, reply) => {
      const { amount, from, to } = request.query;
      const read = readPair({ amount, currency: from }, to);
      const quote = read.ok ? rates.quote(read.value.minor, read.value.currency, read.value.to) : read;
      if (!quote.ok) return sendProblem(reply, quote.error, request.traceId);
      const { converted, rate, source, asOf } = quote.value;
      const result = { amount: formatMinor(converted, quote.value.to), currency: to };
      const body: z.infer<typeof quoteAnswer> = { from: { amount, currency: from }, to: result, rate, source, asOf };
      return sendJson(reply, JSON.stringify(body));
    },
  );
}

/** The rate is no part of what the request means: a repeat at another rate is the same request. */
function readConvert(body: ConvertBody, sender: Sender, rates: RateBoard): Result<Envelope<MoveCommand>> {
  const { principal } = sender;
  if (principal.kind === "session") return err("NOT_ALLOWED", "A game session's token can bet, and nothing else.");
  if (principal.kind === "machine" && principal.providerId !== null) {
    return err("NOT_ALLOWED", "A provider's key does not move a player's cash.");
  }
  const playerId = readPlayerId(body.playerId);
  if (!playerId.ok) return playerId;
  const own = checkOwnPlayer(principal, playerId.value);
  if (!own.ok) return own;
  const pair = readPair(body.from, body.to);
  if (!pair.ok) return pair;
  const { minor, currency, to } = pair.value;
  const expected = body.expected === undefined ? undefined : parseAmount(body.expected, to);
  if (expected !== undefined && !expected.ok) return expected;
  return ok({
    command: {
      type: "move",
      playerId: playerId.value,
      requestKey: requestKey(principal.scope, body.requestId),
      bodyHash: hash64(`convert|${JSON.stringify(body)}`),
      move: {
        type: "CONVERSION",
        playerId: playerId.value,
        amount: minor,
        currency,
        to,
        quote: rates.quote(minor, currency, to),
        ...(expected === undefined ? {} : { expected: expected.value }),
      },
    },
    ...common(body.requestId, sender),
  });
}

function readPair(
  from: { amount: string; currency: string },
  to: string,
): Result<{ minor: bigint; currency: Currency; to: Currency }> {
  const money = readMoney(from, "amount");
  if (!money.ok) return money;
  if (money.value.minor === 0n) return err("AMOUNT_INVALID", "An amount to convert is above zero.");
  if (!isCurrency(to)) return err("CURRENCY_UNKNOWN", undefined, { field: "to", currency: to });
  if (to === money.value.currency) return err("REQUEST_INVALID", "A conversion is from one currency to another.");
  return ok({ ...money.value, to });
}
