import { findTransaction, searchTransactions, type TransactionRow } from "@pitboss/db/wallet/search-transactions";
import { formatId, parseId } from "@pitboss/domain/kernel/public-id";
import type { Currency } from "@pitboss/domain/wallet/currency";
import { type TransactionType, transactionTypes, type WalletKind } from "@pitboss/domain/wallet/ledger-codes";
import { formatMinor } from "@pitboss/domain/wallet/money";
import { firstIdAt, transactionTimeMs } from "@pitboss/domain/wallet/transaction-id";
import { z } from "zod";
import { throwFailure } from "../../edge/trpc/failure.ts";
import { idInput } from "../../edge/trpc/inputs.ts";
import { procedure } from "../../edge/trpc/procedure.ts";

export interface LedgerRow {
  readonly transactionId: string;
  readonly type: TransactionType;
  readonly at: string;
  readonly playerId: string | null;
  readonly nickname: string | null;
  /** The bet, where the transaction belongs to one; the payment or transaction that it is about. */
  readonly reference: { readonly kind: "bet" | "deposit" | "transaction"; readonly id: string } | null;
  readonly requestId: string | null;
  readonly actor: string | null;
  readonly traceId: string;
  /** What it moved on the player's wallets. */
  readonly moved: readonly { readonly currency: Currency; readonly available: string; readonly held: string }[];
}

/** A page of a bounded search: it may hold fewer rows than asked, and says how far back it looked. */
export interface ScannedPage<T> {
  readonly rows: readonly T[];
  readonly next: string | null;
  /** Everything newer than this was looked at; null where there is nothing. */
  readonly searchedTo: string | null;
}

export const ledgerFilters = z.object({
  playerId: idInput("player").nullish(),
  types: z
    .array(z.enum(Object.keys(transactionTypes) as [TransactionType, ...TransactionType[]]))
    .min(1)
    .max(30)
    .nullish(),
  actor: z.string().max(120).nullish(),
  from: z.iso.datetime().nullish(),
  to: z.iso.datetime().nullish(),
});

/** Transactions of all players or of one, newest first. */
export const listLedger = procedure("ledger.read")
  .input(ledgerFilters.extend({ cursor: z.string().max(40).nullish(), limit: z.int().min(1).max(200).default(50) }))
  .query(async ({ ctx, input }): Promise<ScannedPage<LedgerRow>> => {
    const page = await searchTransactions(ctx.deps.db, {
      playerId: input.playerId ?? undefined,
      types: input.types ?? undefined,
      actor: input.actor ?? undefined,
      from: input.from == null ? undefined : firstIdAt(Date.parse(input.from)),
      before: readScanCursor(input.cursor, input.to),
      limit: input.limit + 1,
    });
    return scannedPage(page, input.limit, presentTransaction);
  });

/** Bets and transactions are numbered by time: an end instant and a cursor are both a number, and the smaller holds. */
export function readScanCursor(cursor: string | null | undefined, to: string | null | undefined): bigint | undefined {
  const end = to == null ? undefined : firstIdAt(Date.parse(to));
  if (cursor == null) return end;
  const before = parseId("transaction", cursor) ?? throwFailure({ code: "CURSOR_INVALID" });
  return end === undefined || before < end ? before : end;
}

/** `rows` came with a limit of one more than the page. */
export function scannedPage<R extends { readonly id: bigint }, T>(
  page: { readonly rows: readonly R[]; readonly scannedTo: bigint | null; readonly more: boolean },
  limit: number,
  present: (row: R) => T,
): ScannedPage<T> {
  const rows = page.rows.slice(0, limit);
  const last = rows.at(-1);
  const full = page.rows.length > limit && last !== undefined;
  // A full page goes on behind its last row; one that the look-back ended goes on where that ended.
  const from = full ? last.id : page.more ? page.scannedTo : null;
  const searchedTo = full ? last.id : page.scannedTo;
  return {
    rows: rows.map(present),
    next: from === null ? null : formatId("transaction", from),
    searchedTo: searchedTo === null ? null : new Date(transactionTimeMs(searchedTo)).toISOString(),
  };
}

/** Types whose reference is a bet. */
const ofBets: ReadonlySet<TransactionType> = new Set([
  "SETTLE_DEBIT",
  "PAYOUT",
  "HOLD_RELEASE",
  "ROLLBACK",
  "CORRECTION",
  "JACKPOT_CONTRIBUTION",
  "JACKPOT_WIN",
  "JACKPOT_CONTRIBUTION_REVERSAL",
  "JACKPOT_WIN_REVERSAL",
]);

export function presentTransaction(row: TransactionRow): LedgerRow {
  const bet = row.type === "HOLD" ? row.id : ofBets.has(row.type) ? row.reference : null;
  return {
    transactionId: formatId("transaction", row.id),
    type: row.type,
    at: new Date(transactionTimeMs(row.id)).toISOString(),
    playerId: row.playerId === null ? null : formatId("player", row.playerId),
    nickname: row.nickname,
    reference:
      bet !== null
        ? { kind: "bet", id: formatId("bet", bet) }
        : row.reference === null
          ? null
          : row.type === "DEPOSIT"
            ? { kind: "deposit", id: formatId("deposit", row.reference) }
            : { kind: "transaction", id: formatId("transaction", row.reference) },
    requestId: row.requestId,
    actor: row.actor,
    traceId: row.traceId,
    moved: row.moved.map(({ currency, available, held }) => ({
      currency,
      available: formatMinor(available, currency),
      held: formatMinor(held, currency),
    })),
  };
}

export interface LedgerDetail extends LedgerRow {
  readonly details: unknown;
  readonly postings: readonly {
    readonly walletId: string;
    readonly owner: "player" | "house";
    readonly wallet: WalletKind;
    readonly qualifier: string;
    readonly stripe: number;
    readonly currency: Currency;
    readonly available: string;
    readonly held: string;
    readonly availableAfter: string;
    readonly heldAfter: string;
  }[];
  /** The proof on its face: what all postings sum to in each currency, which is zero. */
  readonly sums: readonly { readonly currency: Currency; readonly sum: string }[];
}

/** One transaction with all of its postings. */
export const showTransaction = procedure("wallet.read")
  .input(z.object({ transactionId: idInput("transaction") }))
  .query(async ({ ctx, input }): Promise<LedgerDetail> => {
    const found =
      (await findTransaction(ctx.deps.db, input.transactionId)) ?? throwFailure({ code: "TRANSACTION_NOT_FOUND" });
    const sums = new Map<Currency, bigint>();
    for (const { currency, available, held } of found.postings) {
      sums.set(currency, (sums.get(currency) ?? 0n) + available + held);
    }
    return {
      ...presentTransaction(found),
      details: found.details,
      postings: found.postings.map((posting) => ({
        walletId: formatId("wallet", posting.walletId),
        owner: posting.owner,
        wallet: posting.kind,
        qualifier: posting.qualifier,
        stripe: posting.stripe,
        currency: posting.currency,
        available: formatMinor(posting.available, posting.currency),
        held: formatMinor(posting.held, posting.currency),
        availableAfter: formatMinor(posting.availableAfter, posting.currency),
        heldAfter: formatMinor(posting.heldAfter, posting.currency),
      })),
      sums: [...sums].map(([currency, sum]) => ({ currency, sum: formatMinor(sum, currency) })),
    };
  });
