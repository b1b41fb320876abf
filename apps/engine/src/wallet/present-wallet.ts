/** Wallets and postings as the public API shows them. */
import { hasPlayer } from "@pitboss/db/identity/has-player";
import type { Database } from "@pitboss/db/kernel/pool";
import type { PostingRecord, WalletRecord } from "@pitboss/db/wallet/read-wallets";
import { formatId, parseId } from "@pitboss/domain/kernel/public-id";
import { err, type Failure, ok, type Result } from "@pitboss/domain/kernel/result";
import type { transactionsAnswer, walletAnswer } from "@pitboss/domain/wallet/contract";
import { formatMinor } from "@pitboss/domain/wallet/money";
import { transactionTimeMs } from "@pitboss/domain/wallet/transaction-id";
import type { z } from "zod";
import { formatTrace } from "../edge/problem.ts";
import { readPlayerId } from "../gaming/read-command.ts";
import type { Principal } from "../identity/authenticate.ts";

/** Whose wallets are asked for: a player's token names its player, a machine says whom it means. */
export async function readPlayer(
  db: Database,
  principal: Principal,
  named: string | undefined,
): Promise<Result<bigint>> {
  if (principal.kind === "machine") {
    if (named === undefined) return err("REQUEST_INVALID", "A machine key must name the playerId.");
    const playerId = readPlayerId(named);
    if (!playerId.ok) return playerId;
    return (await hasPlayer(db, playerId.value)) ? playerId : err("PLAYER_NOT_FOUND");
  }
  if (named !== undefined && parseId("player", named) !== principal.playerId) {
    return err("NOT_ALLOWED", "The token belongs to another player.");
  }
  return ok(principal.playerId);
}

/** The transaction that a page begins behind; undefined where it is the first. */
export function readCursor(cursor: string | undefined): Result<bigint | undefined, Failure<"CURSOR_INVALID">> {
  if (cursor === undefined) return ok(undefined);
  const id = parseId("transaction", cursor);
  return id === undefined ? err("CURSOR_INVALID") : ok(id);
}

/** How many more rows a page is read with than it shows: no transaction moves as many wallets of one player. */
export const pageSlack = 8;

export interface PostingPage {
  readonly page: readonly PostingRecord[];
  readonly next: string | null;
}

/**
 * A page ends between transactions, never inside one: the postings of a transaction that moved several wallets stay
 * together, and the cursor is a transaction.
 */
export function pageOf(postings: readonly PostingRecord[], limit: number): PostingPage {
  let end = Math.min(limit, postings.length);
  while (end < postings.length && postings[end]?.transactionId === postings[end - 1]?.transactionId) end += 1;
  const page = postings.slice(0, end);
  const last = page.at(-1);
  const more = end < postings.length && last !== undefined;
  return { page, next: more ? formatId("transaction", last.transactionId) : null };
}

export function presentWallet(wallet: WalletRecord): z.infer<typeof walletAnswer>["wallets"][number] {
  const { kind, currency, available, held, qualifier } = wallet;
  return {
    kind,
    currency,
    available: formatMinor(available, currency),
    held: formatMinor(held, currency),
    grant: kind === "BONUS" ? qualifier : null,
    provider: kind === "IN_GAME_BANK" ? qualifier : null,
  };
}

export function presentPosting(posting: PostingRecord): z.infer<typeof transactionsAnswer>["transactions"][number] {
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
