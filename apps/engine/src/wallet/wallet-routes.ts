/** What a player has, had, and why. */
import type { Database } from "@pitboss/db/kernel/pool";
import {
  listPostings,
  listWallets,
  listWalletsAsOf,
  type PostingRecord,
  type WalletRecord,
} from "@pitboss/db/wallet/read-wallets";
import { problem } from "@pitboss/domain/gaming/contract";
import { formatId, parseId } from "@pitboss/domain/kernel/public-id";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import { currencies, isCurrency } from "@pitboss/domain/wallet/currency";
import { formatMinor } from "@pitboss/domain/wallet/money";
import { transactionTimeMs } from "@pitboss/domain/wallet/transaction-id";
import { z } from "zod";
import { guard, principalOf } from "../edge/guard.ts";
import { sendJson, type TypedServer } from "../edge/http-server.ts";
import { formatTrace, sendProblem } from "../edge/problem.ts";
import { readPlayerId } from "../gaming/read-command.ts";
import type { Authenticator, Principal } from "../identity/authenticate.ts";

const playerQuery = z.object({
  playerId: z
    .string()
    .optional()
    .meta({ description: "Needed with a machine key; a player's own token names its player." }),
});

const walletAnswer = z
  .object({
    playerId: z.string(),
    asOf: z.string().nullable(),
    wallets: z.array(
      z.object({
        kind: z.string(),
        currency: z.string(),
        available: z.string(),
        held: z.string(),
        grant: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: "Wallets" });

const transactionsAnswer = z
  .object({
    transactions: z.array(
      z.object({
        transactionId: z.string(),
        type: z.string(),
        at: z.string(),
        wallet: z.string(),
        currency: z.string(),
        available: z.string().meta({ description: "Change of what can be spent; negative where it fell." }),
        held: z.string(),
        balanceAfter: z.string(),
        heldAfter: z.string(),
        betId: z.string().nullable(),
        roundId: z.string().nullable(),
        gameId: z.string().nullable(),
        requestId: z.string().nullable(),
        traceId: z.string(),
        details: z.unknown(),
      }),
    ),
    next: z.string().nullable().meta({ description: "Cursor of the next page; null on the last." }),
  })
  .meta({ id: "WalletTransactions" });

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
      schema: {
        tags: ["Wallet"],
        summary: "Balances, now or at an instant",
        operationId: "getWallet",
        querystring: playerQuery.extend({
          at: z.iso.datetime().optional().meta({ description: "UTC; the balances just before this instant." }),
        }),
        response: { 200: walletAnswer, "4xx": problem },
      },
    },
    async (request, reply) => {
      const playerId = playerOf(principalOf(request), request.query.playerId);
      if (!playerId.ok) return sendProblem(reply, playerId.error, request.traceId);
      const { at } = request.query;
      const wallets =
        at === undefined
          ? await listWallets(db, playerId.value)
          : await listWalletsAsOf(db, playerId.value, Date.parse(at));
      const body = {
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
      schema: {
        tags: ["Wallet"],
        summary: "What moved the wallets, newest first",
        description: "Each row explains a balance: the transaction, what caused it, and the balances after it.",
        operationId: "listWalletTransactions",
        querystring: playerQuery.extend({
          currency: z.string().optional(),
          cursor: z.string().optional(),
          limit: z.coerce.number().int().min(1).max(200).default(50),
        }),
        response: { 200: transactionsAnswer, "4xx": problem },
      },
    },
    async (request, reply) => {
      const playerId = playerOf(principalOf(request), request.query.playerId);
      if (!playerId.ok) return sendProblem(reply, playerId.error, request.traceId);
      const { currency, cursor, limit } = request.query;
      if (currency !== undefined && !isCurrency(currency)) {
        return sendProblem(reply, { code: "CURRENCY_UNKNOWN" }, request.traceId);
      }
      const before = cursor === undefined ? undefined : parseId("transaction", cursor);
      if (cursor !== undefined && before === undefined)
        return sendProblem(reply, { code: "CURSOR_INVALID" }, request.traceId);
      const postings = await listPostings(db, {
        playerId: playerId.value,
        limit: limit + 8,
        ...(before === undefined ? {} : { before }),
        ...(currency === undefined ? {} : { currency: currencies[currency].number }),
      });
      return sendJson(reply, JSON.stringify(pageOf(postings, limit)));
    },
  );
}

/**
 * A page ends between transactions, never inside one: the postings of a transaction that moved several wallets stay
 * together, and the cursor is a transaction.
 */
function pageOf(postings: readonly PostingRecord[], limit: number): z.infer<typeof transactionsAnswer> {
  let end = Math.min(limit, postings.length);
  while (end < postings.length && postings[end]?.transactionId === postings[end - 1]?.transactionId) end += 1;
  const page = postings.slice(0, end);
  const last = page.at(-1);
  const more = end < postings.length && last !== undefined;
  return { transactions: page.map(presentPosting), next: more ? formatId("transaction", last.transactionId) : null };
}

function playerOf(principal: Principal, named: string | undefined): Result<bigint> {
  if (principal.kind === "machine") {
    return named === undefined ? err("REQUEST_INVALID", "A machine key must name the playerId.") : readPlayerId(named);
  }
  if (named !== undefined && parseId("player", named) !== principal.playerId) {
    return err("NOT_ALLOWED", "The token belongs to another player.");
  }
  return ok(principal.playerId);
}

function presentWallet({
  kind,
  currency,
  available,
  held,
  qualifier,
}: WalletRecord): z.infer<typeof walletAnswer>["wallets"][number] {
  return {
    kind,
    currency,
    available: formatMinor(available, currency),
    held: formatMinor(held, currency),
    grant: kind === "BONUS" ? qualifier : null,
  };
}

function presentPosting(posting: PostingRecord): z.infer<typeof transactionsAnswer>["transactions"][number] {
  const { currency } = posting;
  return {
    transactionId: formatId("transaction", posting.transactionId),
    type: posting.type,
    at: new Date(transactionTimeMs(posting.transactionId)).toISOString(),
    wallet: posting.walletKind,
    currency,
    available: formatMinor(posting.available, currency),
    held: formatMinor(posting.held, currency),
    balanceAfter: formatMinor(posting.availableAfter, currency),
    heldAfter: formatMinor(posting.heldAfter, currency),
    betId: posting.roundRef === null ? null : formatId("bet", posting.reference),
    roundId: posting.roundRef,
    gameId: posting.gameCode,
    requestId: posting.requestId,
    traceId: formatTrace(posting.traceId),
    details: posting.details,
  };
}
