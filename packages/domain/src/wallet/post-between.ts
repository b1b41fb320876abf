/**
 * Movements between the house's own accounts: what payment services keep, withhold and pay out to the bank, and the
 * differences that two people post. No player has a part in them, so that nobody's balance can stand in the way.
 */
import { assert } from "../kernel/result.ts";
import { type Book, type Decision, houseWallet } from "./book.ts";
import type { Currency } from "./currency.ts";
import { addTransaction, startDraft } from "./draft.ts";
import type { HouseKind, HouseTransactionType } from "./ledger-codes.ts";

export interface HouseAccount {
  readonly kind: HouseKind;
  /** The payment service or the bank; empty where the house has one account of the kind. */
  readonly qualifier: string;
}

export interface HousePost {
  readonly type: HouseTransactionType;
  readonly currency: Currency;
  /** Minor units, above zero. */
  readonly amount: bigint;
  /** Its balance goes down by the amount. */
  readonly from: HouseAccount;
  /** Its balance goes up by the amount. */
  readonly to: HouseAccount;
  /** The settlement report, statement entry or break that it is about. */
  readonly reference?: bigint;
  readonly details?: Readonly<Record<string, unknown>>;
}

export interface PostedAnswer {
  readonly transactionId: bigint;
}

export function decideHousePost(book: Book, post: HousePost): Decision<PostedAnswer> {
  const { type, currency, amount, from, to, reference = null, details } = post;
  assert(amount > 0n, "an amount to post is above zero");
  assert(from.kind !== to.kind || from.qualifier !== to.qualifier, "a posting has two accounts");
  const draft = startDraft(book);
  const facts = { playerId: null, reference, ...(details === undefined ? {} : { details }) };
  const transaction = addTransaction(draft, type, facts, [
    { wallet: houseWallet(book, from.kind, currency, from.qualifier), available: -amount },
    { wallet: houseWallet(book, to.kind, currency, to.qualifier), available: amount },
  ]);
  return { accepted: true, transactions: draft.transactions, answer: { transactionId: transaction.id } };
}
