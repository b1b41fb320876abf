import { listPostings, listWallets, listWalletsAsOf, type PostingRecord } from "@pitboss/db/wallet/read-wallets";
import { formatId, parseId } from "@pitboss/domain/kernel/public-id";
import { type Currency, currencies } from "@pitboss/domain/wallet/currency";
import { type TransactionType, type WalletKind, playerKinds, walletKinds } from "@pitboss/domain/wallet/ledger-codes";
import { formatMinor } from "@pitboss/domain/wallet/money";
import { transactionTimeMs } from "@pitboss/domain/wallet/transaction-id";
import { z } from "zod";
import { throwFailure } from "../../edge/trpc/failure.ts";
import { idInput } from "../../edge/trpc/inputs.ts";
import type { Page } from "../../edge/trpc/page.ts";
import { procedure } from "../../edge/trpc/procedure.ts";

const currency = z.enum(Object.keys(currencies) as [Currency, ...Currency[]]);

export interface Balance {
  readonly walletId: string;
  readonly kind: WalletKind;
  readonly currency: Currency;
  /** The grant of a bonus wallet. */
  readonly grant: string | null;
  /** Of money in a game bank, the provider with which it lies. */
  readonly provider: string | null;
  readonly available: string;
  readonly held: string;
}

/** A player's wallets now, or just before an instant. */
export const showBalances = procedure("wallet.read")
  .input(z.object({ playerId: idInput("player"), at: z.iso.datetime().nullish() }))
  .query(async ({ ctx, input }): Promise<readonly Balance[]> => {
    const { db } = ctx.deps;
    const wallets =
      input.at == null
        ? await listWallets(db, input.playerId)
        : await listWalletsAsOf(db, input.playerId, Date.parse(input.at));
    return wallets.map((wallet) => ({
      walletId: formatId("wallet", wallet.id),
      kind: wallet.kind,
      currency: wallet.currency,
      grant: wallet.kind === "BONUS" ? wallet.qualifier : null,
      provider: wallet.kind === "IN_GAME_BANK" ? wallet.qualifier : null,
      available: formatMinor(wallet.available, wallet.currency),
      held: formatMinor(wallet.held, wallet.currency),
    }));
  });

export interface ExplainedPosting {
  readonly transactionId: string;
  readonly type: TransactionType;
  readonly at: string;
  readonly wallet: WalletKind;
  readonly currency: Currency;
  /** The change, and the balance after it. */
  readonly available: string;
  readonly held: string;
  readonly availableAfter: string;
  readonly heldAfter: string;
  /** What caused it. */
  readonly cause: {
    readonly kind: "bet" | "deposit" | "transaction" | "none";
    readonly id: string | null;
    readonly gameId: string | null;
    readonly roundId: string | null;
  };
  readonly requestId: string | null;
  readonly actor: string | null;
  readonly traceId: string;
  readonly details: unknown;
}

const chain = z.object({
  playerId: idInput("player"),
  currency: currency.nullish(),
  kind: z.enum(playerKinds).nullish(),
  cursor: z.string().max(40).nullish(),
  limit: z.int().min(1).max(200).default(50),
});

/** A player's postings, newest first, each with its cause. */
export const listPlayerPostings = procedure("wallet.read")
  .input(chain)
  .query(async ({ ctx, input }): Promise<Page<ExplainedPosting>> => {
    const { page, next } = await readChain(ctx.deps.db, input);
    return { rows: page.map(presentPosting), next };
  });

export interface Explanation {
  readonly balance: { readonly available: string; readonly held: string; readonly currency: Currency };
  readonly rows: readonly ExplainedPosting[];
  readonly next: string | null;
  /** True where each balance on this page is the one before it plus its change. */
  readonly adds: boolean;
}

/** Why a balance is what it is: the chain of postings that led to it, checked link by link. */
export const explainBalance = procedure("wallet.read")
  .input(chain.extend({ currency, kind: z.enum(playerKinds).default("CASH") }))
  .query(async ({ ctx, input }): Promise<Explanation> => {
    const { db } = ctx.deps;
    const wallets = (await listWallets(db, input.playerId)).filter(
      (wallet) => wallet.kind === input.kind && wallet.currency === input.currency,
    );
    const sum = (part: "available" | "held"): bigint => wallets.reduce((total, wallet) => total + wallet[part], 0n);
    const { page, next } = await readChain(db, input);
    return {
      balance: {
        available: formatMinor(sum("available"), input.currency),
        held: formatMinor(sum("held"), input.currency),
        currency: input.currency,
      },
      rows: page.map(presentPosting),
      next,
      adds: wallets.length > 1 || addsUp(page),
    };
  });

/** Several wallets of one kind (bonuses) interleave on a page; their links are checked on each one's own page. */
function addsUp(page: readonly PostingRecord[]): boolean {
  return page.every((posting, index) => {
    const older = page[index + 1];
    if (older === undefined) return true;
    return (
      posting.availableAfter === older.availableAfter + posting.available &&
      posting.heldAfter === older.heldAfter + posting.held
    );
  });
}

async function readChain(
  db: Parameters<typeof listPostings>[0],
  input: z.infer<typeof chain>,
): Promise<{ readonly page: readonly PostingRecord[]; readonly next: string | null }> {
  const before = input.cursor == null ? undefined : parseId("transaction", input.cursor);
  if (input.cursor != null && before === undefined) throwFailure({ code: "CURSOR_INVALID" });
  // A transaction moves a few wallets of a player at most; its postings stay on one page.
  const postings = await listPostings(db, {
    playerId: input.playerId,
    limit: input.limit + 8,
    ...(before === undefined ? {} : { before }),
    ...(input.currency == null ? {} : { currency: currencies[input.currency].number }),
    ...(input.kind == null ? {} : { walletKind: walletKinds[input.kind] }),
  });
  let end = Math.min(input.limit, postings.length);
  while (end < postings.length && postings[end]?.transactionId === postings[end - 1]?.transactionId) end += 1;
  const page = postings.slice(0, end);
  const last = page.at(-1);
  return {
    page,
    next: end < postings.length && last !== undefined ? formatId("transaction", last.transactionId) : null,
  };
}

function presentPosting(posting: PostingRecord): ExplainedPosting {
  const money = (minor: bigint): string => formatMinor(minor, posting.currency);
  const bet = posting.roundRef !== null;
  const own = posting.reference === posting.transactionId;
  const aboutKind = posting.type === "DEPOSIT" ? "deposit" : "transaction";
  return {
    transactionId: formatId("transaction", posting.transactionId),
    type: posting.type,
    at: new Date(transactionTimeMs(posting.transactionId)).toISOString(),
    wallet: posting.walletKind,
    currency: posting.currency,
    available: money(posting.available),
    held: money(posting.held),
    availableAfter: money(posting.availableAfter),
    heldAfter: money(posting.heldAfter),
    cause: {
      kind: bet ? "bet" : own ? "none" : aboutKind,
      id: own && !bet ? null : formatId(bet ? "bet" : aboutKind, posting.reference),
      gameId: posting.gameCode,
      roundId: posting.roundRef,
    },
    requestId: posting.requestId,
    actor: posting.actor,
    traceId: posting.traceId,
    details: posting.details,
  };
}
