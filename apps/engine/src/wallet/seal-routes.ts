/** Receipts of bets, the published seals, and the keys that they are checked with. */
import { findBetById } from "@pitboss/db/gaming/find-bet-by-id";
import { listSealKeys, listSeals } from "@pitboss/db/wallet/seal-store";
import { parseId } from "@pitboss/domain/kernel/public-id";
import { receiptAnswer, sealKeysAnswer, sealsAnswer } from "@pitboss/domain/wallet/seal-contract";
import { z } from "zod";
import { guard, maySeeBet, principalOf } from "../edge/guard.ts";
import { sendJson, type TypedServer } from "../edge/http-server.ts";
import { sendProblem } from "../edge/problem.ts";
import type { Authenticator } from "../identity/authenticate.ts";
import { buildBetReceipt, type ReceiptContext } from "./bet-receipt.ts";

export interface SealRoutesContext extends ReceiptContext {
  readonly authenticator: Authenticator;
}

const tags = ["Seals"];

export function registerSealRoutes(server: TypedServer, context: SealRoutesContext): void {
  server.get(
    "/v1/bets/:betId/receipt",
    {
      onRequest: guard(context.authenticator, { player: true, machine: "bets" }),
      config: { problems: ["ID_INVALID", "BET_NOT_FOUND", "RECEIPT_NOT_READY"] },
      schema: {
        tags,
        summary: "The proof that a bet is in the sealed ledger",
        description: "Ready a few seconds after the bet. docs/verify/verify-receipt.mjs checks it offline.",
        operationId: "getBetReceipt",
        params: z.object({ betId: z.string().meta({ example: "bet_1q4c9g8v0400" }) }),
        response: { 200: receiptAnswer },
      },
    },
    async (request, reply) => {
      const { traceId } = request;
      const id = parseId("bet", request.params.betId);
      if (id === undefined) return sendProblem(reply, { code: "ID_INVALID" }, traceId);
      const bet = await findBetById(context.db, id);
      if (bet === undefined || !maySeeBet(principalOf(request), bet)) {
        return sendProblem(reply, { code: "BET_NOT_FOUND" }, traceId);
      }
      const receipt = await buildBetReceipt(context, id);
      if (!receipt.ok) return sendProblem(reply, receipt.error, traceId);
      return sendJson(reply, JSON.stringify(receipt.value));
    },
  );

  server.get(
    "/v1/seals",
    {
      schema: {
        tags,
        summary: "The published seals, oldest first",
        description:
          "Each signs a stretch of the ledger and names the one before, so that none can be exchanged later.",
        operationId: "listSeals",
        querystring: z.object({
          after: z.coerce
            .number()
            .int()
            .min(0)
            .default(0)
            .meta({ description: "Number of the last seal that you have." }),
          limit: z.coerce.number().int().min(1).max(1_000).default(100),
        }),
        response: { 200: sealsAnswer },
      },
    },
    async (request, reply) => {
      const seals = await listSeals(context.db, BigInt(request.query.after), request.query.limit);
      return sendJson(reply, JSON.stringify({ seals }));
    },
  );

  server.get(
    "/v1/seals/jwks.json",
    {
      schema: {
        tags,
        summary: "The public keys of the seals, all that ever signed one",
        description: "Keys of seals that were made long ago stay here, so that these can be checked for ever.",
        operationId: "getSealKeys",
        response: { 200: sealKeysAnswer },
      },
    },
    async (_request, reply) => sendJson(reply, JSON.stringify({ keys: await listSealKeys(context.db) })),
  );
}
