/** What a player can be paid out to. */
import { type InstrumentRecord, listInstruments } from "@pitboss/db/cashier/instrument-store";
import { instrumentAnswer, instrumentBody, instrumentsAnswer } from "@pitboss/domain/cashier/payout-contract";
import { wireMethod } from "@pitboss/domain/cashier/payment-method";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { formatMinor } from "@pitboss/domain/wallet/money";
import type { z } from "zod";
import { guard, principalOf } from "../../edge/guard.ts";
import { sendJson, type TypedServer } from "../../edge/http-server.ts";
import { sendProblem } from "../../edge/problem.ts";
import type { Authenticator } from "../../identity/authenticate.ts";
import { readPlayer } from "../../wallet/present-wallet.ts";
import { playerQuery } from "../../wallet/wallet-routes.ts";
import type { Cashier } from "../cashier.ts";
import { expiryOf } from "./expiry-of.ts";
import { bringInstrument } from "./bring-instrument.ts";

/** A player's page shows these; whoever brought more sees the newest. */
const most = 100;

export function registerInstrumentRoutes(server: TypedServer, cashier: Cashier, authenticator: Authenticator): void {
  const may = guard(authenticator, { player: true, machine: "payouts" });
  server.post(
    "/v1/instruments",
    {
      onRequest: may,
      config: {
        problems: [
          "ID_INVALID",
          "PLAYER_NOT_FOUND",
          "INSTRUMENT_INVALID",
          "INSTRUMENT_NOT_FOUND",
          "PAYOUT_UNAVAILABLE",
          "PSP_UNAVAILABLE",
        ],
      },
      schema: {
        tags: ["Payouts"],
        summary: "Bring a card to be paid out to",
        description:
          "For winnings that are to go to a card which no deposit came from. It is not verified until staff has seen that it is the player's. The same token again is the same instrument.",
        operationId: "bringInstrument",
        body: instrumentBody,
        response: { 200: instrumentAnswer },
      },
    },
    async (request, reply) => {
      const brought = await bringInstrument(cashier, principalOf(request), request.body);
      if (!brought.ok) return sendProblem(reply, brought.error, request.traceId);
      return sendJson(reply, JSON.stringify(presentInstrument(brought.value)));
    },
  );

  server.get(
    "/v1/instruments",
    {
      onRequest: may,
      config: { problems: ["ID_INVALID", "PLAYER_NOT_FOUND"] },
      schema: {
        tags: ["Payouts"],
        summary: "A player's instruments",
        description: "What the player has paid with, newest first, and how much of it goes back there first.",
        operationId: "listInstruments",
        querystring: playerQuery,
        response: { 200: instrumentsAnswer },
      },
    },
    async (request, reply) => {
      const playerId = await readPlayer(cashier.db, principalOf(request), request.query.playerId);
      if (!playerId.ok) return sendProblem(reply, playerId.error, request.traceId);
      const rows = await listInstruments(cashier.db, { playerId: playerId.value, limit: most });
      const body: z.infer<typeof instrumentsAnswer> = { instruments: rows.map(presentInstrument) };
      return sendJson(reply, JSON.stringify(body));
    },
  );
}

export function presentInstrument(record: InstrumentRecord): z.infer<typeof instrumentsAnswer>["instruments"][number] {
  return {
    instrumentId: formatId("instrument", record.id),
    method: wireMethod(record.method),
    brand: record.brand,
    last4: record.last4,
    expires: expiryOf(record),
    verified: record.verified,
    returnable: record.loop
      .filter(({ deposited, paidOut }) => deposited > paidOut)
      .map(({ currency, deposited, paidOut }) => ({ amount: formatMinor(deposited - paidOut, currency), currency })),
  };
}
