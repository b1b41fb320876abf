/** Why a balance is what it is, and what the house's own accounts hold. */
import { explainBalance, type ExplainedWallet } from "@pitboss/db/wallet/explain-balance";
import type { Database } from "@pitboss/db/kernel/pool";
import { listHouseBalances } from "@pitboss/db/wallet/read-wallets";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { explainAnswer, houseAnswer } from "@pitboss/domain/wallet/contract";
import { type Currency, isCurrency } from "@pitboss/domain/wallet/currency";
import { transactionSentences } from "@pitboss/domain/wallet/explain-transaction";
import { formatMinor } from "@pitboss/domain/wallet/money";
import { z } from "zod";
import { guard, principalOf } from "../edge/guard.ts";
import { sendJson, type TypedServer } from "../edge/http-server.ts";
import { sendProblem } from "../edge/problem.ts";
import type { Authenticator } from "../identity/authenticate.ts";
import { pageOf, pageSlack, presentPosting, readCursor, readPlayer } from "./present-wallet.ts";
import { cursorField, playerQuery } from "./wallet-routes.ts";

export interface ExplainRoutesContext {
  readonly db: Database;
  readonly authenticator: Authenticator;
}

export function registerExplainRoutes(server: TypedServer, { db, authenticator }: ExplainRoutesContext): void {
  server.get(
    "/v1/wallet/explain",
    {
      onRequest: guard(authenticator, { player: true, machine: "wallets:read" }),
      config: { problems: ["ID_INVALID", "PLAYER_NOT_FOUND", "CURRENCY_UNKNOWN", "CURSOR_INVALID"] },
      schema: {
        tags: ["Wallet"],
        summary: "Why a balance is what it is",
        description:
          "The player's wallets in a currency, checked against all their postings, and the chain of those, newest first, each with what caused it.",
        operationId: "explainBalance",
        querystring: playerQuery.extend({
          currency: z.string().max(10).meta({ example: "EUR" }),
          cursor: cursorField,
          limit: z.coerce.number().int().min(1).max(200).default(50),
        }),
        response: { 200: explainAnswer },
      },
    },
    async (request, reply) => {
      const { playerId: named, currency, cursor, limit } = request.query;
      const playerId = await readPlayer(db, principalOf(request), named);
      if (!playerId.ok) return sendProblem(reply, playerId.error, request.traceId);
      if (!isCurrency(currency)) return sendProblem(reply, { code: "CURRENCY_UNKNOWN" }, request.traceId);
      const before = readCursor(cursor);
      if (!before.ok) return sendProblem(reply, before.error, request.traceId);
      const { wallets, postings } = await explainBalance(db, {
        playerId: playerId.value,
        currency,
        limit: limit + pageSlack,
        ...(before.value === undefined ? {} : { before: before.value }),
      });
      const { page, next } = pageOf(postings, limit);
      const body: z.infer<typeof explainAnswer> = {
        playerId: formatId("player", playerId.value),
        currency,
        explained: wallets.every(isExplained),
        wallets: wallets.map((wallet) => presentExplained(wallet, currency)),
        chain: page.map((posting) => ({
          ...presentPosting(posting),
          cause: transactionSentences[posting.type],
          actor: posting.actor,
        })),
        next,
      };
      return sendJson(reply, JSON.stringify(body));
    },
  );

  server.get(
    "/v1/accounts/house",
    {
      onRequest: guard(authenticator, { machine: "wallets:read" }),
      schema: {
        tags: ["House"],
        summary: "The house's accounts, now or at an instant",
        description:
          "Each account added up over its stripes. With the players' wallets they sum to zero in every currency.",
        operationId: "getHouseAccounts",
        querystring: z.object({
          at: z.iso.datetime().optional().meta({ description: "UTC; the balances just before this instant." }),
        }),
        response: { 200: houseAnswer },
      },
    },
    async (request, reply) => {
      const principal = principalOf(request);
      if (principal.kind === "machine" && principal.providerId !== null) {
        const detail = "A provider's key does not see the house's accounts.";
        return sendProblem(reply, { code: "NOT_ALLOWED", detail }, request.traceId);
      }
      const { at } = request.query;
      const accounts = await listHouseBalances(db, at === undefined ? undefined : Date.parse(at));
      const body: z.infer<typeof houseAnswer> = {
        asOf: at ?? null,
        accounts: accounts.map(({ kind, qualifier, currency, available, held }) => ({
          account: kind,
          qualifier: qualifier === "" ? null : qualifier,
          currency,
          balance: formatMinor(available + held, currency),
        })),
      };
      return sendJson(reply, JSON.stringify(body));
    },
  );
}

function isExplained(wallet: ExplainedWallet): boolean {
  return wallet.unbroken && wallet.available === wallet.availableSum && wallet.held === wallet.heldSum;
}

function presentExplained(
  wallet: ExplainedWallet,
  currency: Currency,
): z.infer<typeof explainAnswer>["wallets"][number] {
  return {
    kind: wallet.kind,
    grant: wallet.kind === "BONUS" ? wallet.qualifier : null,
    provider: wallet.kind === "IN_GAME_BANK" ? wallet.qualifier : null,
    available: formatMinor(wallet.available, currency),
    held: formatMinor(wallet.held, currency),
    postings: wallet.postings,
    sumOfAvailable: formatMinor(wallet.availableSum, currency),
    sumOfHeld: formatMinor(wallet.heldSum, currency),
    explained: isExplained(wallet),
  };
}
