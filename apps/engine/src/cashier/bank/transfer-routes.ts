/** Money by bank transfer, for players and for the operator's own site. */
import { spellCreditorReference } from "@pitboss/domain/cashier/bank/creditor-reference";
import { bankAccountBody, transferAnswer, transferBody } from "@pitboss/domain/cashier/bank/transfer-contract";
import { instrumentAnswer } from "@pitboss/domain/cashier/payout-contract";
import { formatMinor } from "@pitboss/domain/wallet/money";
import type { z } from "zod";
import { guard, principalOf } from "../../edge/guard.ts";
import { sendJson, type TypedServer } from "../../edge/http-server.ts";
import { sendProblem } from "../../edge/problem.ts";
import type { Authenticator } from "../../identity/authenticate.ts";
import { placeOfCaller } from "../../risk/geo/judge-place.ts";
import type { Cashier } from "../cashier.ts";
import { presentInstrument } from "../instruments/instrument-routes.ts";
import { readOwn } from "../instruments/read-own.ts";
import { bringAccount } from "./bring-account.ts";
import { giveReference } from "./give-reference.ts";

export function registerTransferRoutes(server: TypedServer, cashier: Cashier, authenticator: Authenticator): void {
  registerAccounts(server, cashier, authenticator);
  server.post(
    "/v1/deposits/bank-references",
    {
      onRequest: guard(authenticator, { player: true, machine: "deposits" }),
      config: {
        problems: [
          "ID_INVALID",
          "PLAYER_NOT_FOUND",
          "ACCOUNT_LOCKED",
          "ACCOUNT_CLOSED",
          "DEPOSIT_TOO_OFTEN",
          "SELF_EXCLUDED",
          "TIME_OUT_RUNNING",
          "KYC_LEVEL_TOO_LOW",
          "KYC_DEPOSIT_CAP",
          "LOCATION_NOT_ALLOWED",
          "DEPOSIT_LIMIT_REACHED",
          "LIMIT_OTHER_CURRENCY",
          "RATES_UNAVAILABLE",
          "METHOD_UNAVAILABLE",
        ],
      },
      schema: {
        tags: ["Deposits"],
        summary: "Where to send a bank transfer",
        description:
          "The house's account, and the player's own reference, which is the same for ever. What comes with it from an account in the player's name shows up among the player's deposits as soon as the bank has booked it.",
        operationId: "askBankReference",
        body: transferBody,
        response: { 200: transferAnswer },
      },
    },
    async (request, reply) => {
      const principal = principalOf(request);
      const playerId = readOwn(request.body.playerId, principal);
      if (!playerId.ok) return sendProblem(reply, playerId.error, request.traceId);
      const place = await placeOfCaller(cashier.geo, principal, request.ip);
      const given = await giveReference(cashier, { playerId: playerId.value, traceId: request.traceId, place });
      if (!given.ok) return sendProblem(reply, given.error, request.traceId);
      const { bank, reference, rule } = given.value;
      const { holder, iban, bic, currency } = bank.account;
      const body: z.infer<typeof transferAnswer> = {
        bank: bank.name,
        holder,
        iban,
        bic,
        currency,
        min: formatMinor(rule.minAmount, currency),
        max: formatMinor(rule.maxAmount, currency),
        reference,
        spelled: spellCreditorReference(reference),
      };
      return sendJson(reply, JSON.stringify(body));
    },
  );
}

function registerAccounts(server: TypedServer, cashier: Cashier, authenticator: Authenticator): void {
  server.post(
    "/v1/instruments/bank-accounts",
    {
      onRequest: guard(authenticator, { player: true, machine: "payouts" }),
      config: {
        problems: ["ID_INVALID", "PLAYER_NOT_FOUND", "IBAN_INVALID", "PAYOUT_UNAVAILABLE", "INSTRUMENT_NOT_FOUND"],
      },
      schema: {
        tags: ["Payouts"],
        summary: "Bring a bank account to be paid out to",
        description:
          "The player's own. It is not verified until a deposit came from it, or staff has seen that it is the player's. The same account again is the same instrument.",
        operationId: "bringBankAccount",
        body: bankAccountBody,
        response: { 200: instrumentAnswer },
      },
    },
    async (request, reply) => {
      const playerId = readOwn(request.body.playerId, principalOf(request));
      if (!playerId.ok) return sendProblem(reply, playerId.error, request.traceId);
      const { iban, holder } = request.body;
      const brought = await bringAccount(cashier, { playerId: playerId.value, iban, holder });
      if (!brought.ok) return sendProblem(reply, brought.error, request.traceId);
      return sendJson(reply, JSON.stringify(presentInstrument(brought.value)));
    },
  );
}
