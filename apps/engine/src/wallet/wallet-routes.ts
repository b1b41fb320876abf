/** What a player has, had, and why. */
import { findPlayerStatus } from "@pitboss/db/identity/player-directory";
import type { Database } from "@pitboss/db/kernel/pool";
import { listPostings, listWallets, listWalletsAsOf } from "@pitboss/db/wallet/read-wallets";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { transactionsAnswer, walletAnswer } from "@pitboss/domain/wallet/contract";
import { currencies, isCurrency } from "@pitboss/domain/wallet/currency";
import { z } from "zod";
import { guard, principalOf } from "../edge/guard.ts";
import { sendJson, type TypedServer } from "../edge/http-server.ts";
import { sendProblem } from "../edge/problem.ts";
import type { Authenticator } from "../identity/authenticate.ts";
import { pageOf, pageSlack, presentPosting, presentWallet, readCursor, readPlayer } from "./present-wallet.ts";

export const playerQuery = z.object({
  playerId: z
    .string()
    .max(20)
    .optional()
    .meta({ description: "Needed with a machine key; a player's own token names its player.", example: "p_1" }),
});

export const cursorField = z
  .string()
  .max(40)
  .optional()
  .meta({ description: "`next` of the page before; without it the newest page." });

export interface WalletRoutesContext {
  readonly db: Database;
  readonly authenticator: Authenticator;
}

export function registerWalletRoutes(server: TypedServer, { db, authenticator }: WalletRoutesContext): void {
  const canRead = guard(authenticator, { player: true, machine: "wallets:read" });

  server.get(
    "/v1/wallet",
    {
      onRequest: canRead,
      config: { problems: ["ID_INVALID", "PLAYER_NOT_FOUND"] },
      schema: {
        tags: ["Wallet"],
        summary: "Balances, now or at an instant",
        description: "Cash and each bonus grant by currency: what can be spent, and what open bets and payouts hold.",
        operationId: "getWallet",
        querystring: playerQuery.extend({
          at: z.iso.datetime().optional().meta({ description: "UTC; the balances just before this instant." }),
        }),
        response: { 200: walletAnswer },
      },
    },
    async (request, reply) => {
      const playerId = await readPlayer(db, principalOf(request), request.query.playerId);
      if (!playerId.ok) return sendProblem(reply, playerId.error, request.traceId);
      const { at } = request.query;
      const wallets =
        at === undefined
          ? await listWallets(db, playerId.value)
          : await listWalletsAsOf(db, playerId.value, Date.parse(at));
      if (wallets.length === 0 && (await findPlayerStatus(db, playerId.value)) === undefined) {
        return sendProblem(reply, { code: "PLAYER_NOT_FOUND" }, request.traceId);
      }
      const body: z.infer<typeof walletAnswer> = {
        playerId: formatId("player", playerId.value),
        asOf: at ?? null,
        wallets: wallets.map(presentWallet),
      };
      return sendJson(reply, JSON.stringify(body));
    },
  );

  server.get(
    "/v1/wallet/transactions",
    {
      onRequest: canRead,
      config: { problems: ["ID_INVALID", "PLAYER_NOT_FOUND", "CURRENCY_UNKNOWN", "CURSOR_INVALID"] },
      schema: {
        tags: ["Wallet"],
        summary: "What moved the wallets, newest first",
        description: "Each row explains a balance: the transaction, what caused it, and the balances after it.",
        operationId: "listWalletTransactions",
        querystring: playerQuery.extend({
          currency: z.string().max(10).optional().meta({ description: "Only of wallets in this currency." }),
          cursor: cursorField,
          limit: z.coerce.number().int().min(1).max(200).default(50),
        }),
        response: { 200: transactionsAnswer },
      },
    },
    async (request, reply) => {
      const playerId = await readPlayer(db, principalOf(request), request.query.playerId);
      if (!playerId.ok) return sendProblem(reply, playerId.error, request.traceId);
      const { currency, cursor, limit } = request.query;
      if (currency !== undefined && !isCurrency(currency)) {
        return sendProblem(reply, { code: "CURRENCY_UNKNOWN" }, request.traceId);
      }
      const before = readCursor(cursor);
      if (!before.ok) return sendProblem(reply, before.error, request.traceId);
      const postings = await listPostings(db, {
        playerId: playerId.value,
        limit: limit + pageSlack,
        ...(before.value === undefined ? {} : { before: before.value }),
        ...(currency === undefined ? {} : { currency: currencies[currency].number }),
      });
      if (postings.length === 0 && (await findPlayerStatus(db, playerId.value)) === undefined) {
        return sendProblem(reply, { code: "PLAYER_NOT_FOUND" }, request.traceId);
      }
      const { page, next } = pageOf(postings, limit);
      const body: z.infer<typeof transactionsAnswer> = { transactions: page.map(presentPosting), next };
      return sendJson(reply, JSON.stringify(body));
    },
  );
}
