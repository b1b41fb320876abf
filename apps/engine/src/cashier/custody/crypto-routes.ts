/** Money over chains, for players and for the operator's own site. */
import { keepPayoutAddress, findDepositAddress } from "@pitboss/db/cashier/crypto-address-store";
import { findInstrument, type InstrumentRecord } from "@pitboss/db/cashier/instrument-store";
import { findPlayerStatus } from "@pitboss/db/identity/player-directory";
import { isAddressOf, normaliseAddress } from "@pitboss/domain/cashier/crypto-address";
import { cryptoAssets } from "@pitboss/domain/cashier/crypto-asset";
import {
  depositAddressAnswer,
  depositAddressBody,
  type WalletBody,
  walletBody,
} from "@pitboss/domain/cashier/crypto-contract";
import { instrumentAnswer } from "@pitboss/domain/cashier/payout-contract";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import { currencyOfNumber } from "@pitboss/domain/wallet/currency";
import type { z } from "zod";
import { guard, principalOf } from "../../edge/guard.ts";
import { sendJson, type TypedServer } from "../../edge/http-server.ts";
import { sendProblem } from "../../edge/problem.ts";
import type { Authenticator } from "../../identity/authenticate.ts";
import { placeOfCaller } from "../../risk/geo/judge-place.ts";
import type { Cashier } from "../cashier.ts";
import { presentInstrument } from "../instruments/instrument-routes.ts";
import { readOwn } from "../instruments/read-own.ts";
import { giveAddress } from "./give-address.ts";

export function registerCryptoRoutes(server: TypedServer, cashier: Cashier, authenticator: Authenticator): void {
  registerWallets(server, cashier, authenticator);
  server.post(
    "/v1/deposits/addresses",
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
          "PSP_UNAVAILABLE",
        ],
      },
      schema: {
        tags: ["Deposits"],
        summary: "An address to deposit crypto to",
        description:
          "One for each player and asset, the same for ever. What comes to it shows up among the player's deposits as soon as the chain has it, and is credited once enough blocks follow. Ask again to change what it is converted to.",
        operationId: "askDepositAddress",
        body: depositAddressBody,
        response: { 200: depositAddressAnswer },
      },
    },
    async (request, reply) => {
      const principal = principalOf(request);
      const { asset, convertTo = null } = request.body;
      const playerId = readOwn(request.body.playerId, principal);
      if (!playerId.ok) return sendProblem(reply, playerId.error, request.traceId);
      const given = await giveAddress(cashier, {
        playerId: playerId.value,
        asset,
        convertTo,
        traceId: request.traceId,
        place: await placeOfCaller(cashier.geo, principal, request.ip),
      });
      if (!given.ok) return sendProblem(reply, given.error, request.traceId);
      const { address, confirmations } = given.value;
      const body: z.infer<typeof depositAddressAnswer> = {
        asset,
        network: cryptoAssets[asset].chain,
        address: address.address,
        convertTo: address.convertTo === null ? null : currencyOfNumber(address.convertTo),
        confirmations,
      };
      return sendJson(reply, JSON.stringify(body));
    },
  );
}

function registerWallets(server: TypedServer, cashier: Cashier, authenticator: Authenticator): void {
  server.post(
    "/v1/instruments/wallets",
    {
      onRequest: guard(authenticator, { player: true, machine: "payouts" }),
      config: {
        problems: ["ID_INVALID", "PLAYER_NOT_FOUND", "ADDRESS_INVALID", "PAYOUT_UNAVAILABLE", "INSTRUMENT_NOT_FOUND"],
      },
      schema: {
        tags: ["Payouts"],
        summary: "Bring a wallet to be paid out to",
        description:
          "The player's own, on the chain of the asset. Who keeps it is told along with every payout. Above 1,000 EUR a wallet that the player keeps has to be shown to be theirs first: by a deposit from it, or to staff. The same address again is the same instrument.",
        operationId: "bringWallet",
        body: walletBody,
        response: { 200: instrumentAnswer },
      },
    },
    async (request, reply) => {
      const playerId = readOwn(request.body.playerId, principalOf(request));
      if (!playerId.ok) return sendProblem(reply, playerId.error, request.traceId);
      const brought = await bringWallet(cashier, playerId.value, request.body);
      if (!brought.ok) return sendProblem(reply, brought.error, request.traceId);
      return sendJson(reply, JSON.stringify(presentInstrument(brought.value)));
    },
  );
}

async function bringWallet(
  { db, chain, rails }: Cashier,
  playerId: bigint,
  { asset, address, hosting, provider }: WalletBody,
): Promise<Result<InstrumentRecord>> {
  if ((await findPlayerStatus(db, playerId)) === undefined) return err("PLAYER_NOT_FOUND");
  const [custodian] = chain.custodians.values();
  if (custodian === undefined || !rails.has(custodian.code)) return err("PAYOUT_UNAVAILABLE");
  const normal = normaliseAddress(asset, address);
  // One of the house's own would send the player's money in a circle.
  const ours = (await findDepositAddress(db, asset, normal)) !== undefined;
  if (!isAddressOf(asset, address) || ours) return err("ADDRESS_INVALID");
  const id = await keepPayoutAddress(db, {
    playerId,
    custodian: custodian.code,
    asset,
    spelled: address,
    address: normal,
    hosting: hosting === "self" ? "SELF_HOSTED" : "HOSTED",
    provider: provider ?? null,
  });
  const kept = await findInstrument(db, id);
  return kept === undefined ? err("INSTRUMENT_NOT_FOUND") : ok(kept);
}
