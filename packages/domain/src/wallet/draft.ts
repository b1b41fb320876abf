/**
 * Builds the transactions of one decision in order. A decision may move the same wallet several times (a settlement
 * debits the stake and then pays), so the draft keeps running balances while the book itself stays untouched.
 */
import type { Book, Leg, LedgerTransaction, WalletState } from "./book.ts";
import type { TransactionType } from "./ledger-codes.ts";

interface Running {
  available: bigint;
  held: bigint;
}

/** A movement before balances are known: deltas in minor units, positive into the account. */
export interface Movement {
  readonly wallet: WalletState;
  readonly available?: bigint;
  readonly held?: bigint;
}

export interface Draft {
  readonly transactions: LedgerTransaction[];
  readonly running: Map<WalletState, Running>;
  nextId: bigint;
}

export function startDraft(book: Book): Draft {
  return { transactions: [], running: new Map(), nextId: book.nextId };
}

export interface TransactionFacts {
  readonly playerId: bigint | null;
  readonly reference: bigint | null;
  readonly details?: Readonly<Record<string, unknown>>;
}

export function addTransaction(
  draft: Draft,
  type: TransactionType,
  facts: TransactionFacts,
  movements: readonly Movement[],
): LedgerTransaction {
  const legs: Leg[] = [];
  for (const { wallet, available = 0n, held = 0n } of movements) {
    if (available === 0n && held === 0n) continue;
    const before = draft.running.get(wallet) ?? wallet;
    const availableAfter = before.available + available;
    const heldAfter = before.held + held;
    draft.running.set(wallet, { available: availableAfter, held: heldAfter });
    legs.push({ wallet, available, held, availableAfter, heldAfter });
  }
  const transaction: LedgerTransaction = { id: draft.nextId, type, ...facts, legs };
  draft.nextId += 1n;
  draft.transactions.push(transaction);
  return transaction;
}

/** What the wallet can spend after the draft so far. */
export function availableIn(draft: Draft, wallet: WalletState): bigint {
  return (draft.running.get(wallet) ?? wallet).available;
}
