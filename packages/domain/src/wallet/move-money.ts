/**
 * Every movement of money that is not a bet: deposits, payouts, bonuses, jackpots, fees, chargebacks, transfers to a
 * game bank, conversions and adjustments. One constructor a transaction type; the table below is exhaustive, so a type
 * without a constructor does not compile. Amounts are minor units above zero.
 */
import { assert } from "../kernel/result.ts";
import { type Book, type Decision, findWallet, houseWallet, type Refused, type WalletState, walletOf } from "./book.ts";
import { formatMinor } from "./money.ts";
import { addTransaction, type Draft, type Movement, startDraft } from "./draft.ts";
import type { Currency } from "./currency.ts";
import type { FundingPolicy, HouseKind, TransactionType } from "./ledger-codes.ts";

interface Base {
  readonly playerId: bigint;
  readonly currency: Currency;
  readonly amount: bigint;
  /** The payment, grant or earlier transaction that this movement is about. */
  readonly reference?: bigint;
  readonly details?: Readonly<Record<string, unknown>>;
}

export interface CapturedRate {
  /** Units of `to` for one unit of `from`, as a decimal string, with its source and its time (UTC). */
  readonly rate: string;
  readonly source: string;
  readonly asOf: string;
}

export type MoneyMove =
  | (Base & { readonly type: "DEPOSIT" | "WITHDRAW_SETTLE"; readonly psp: string })
  | (Base & { readonly type: "WITHDRAW_HOLD" | "WITHDRAW_RELEASE" | "FEE" })
  | (Base & { readonly type: "BONUS_GRANT"; readonly grant: string; readonly fundingPolicy: FundingPolicy })
  /** `amount` leaves the bonus; what lies above `cap` goes back to the house instead of into cash. */
  | (Base & { readonly type: "BONUS_CONVERT"; readonly grant: string; readonly cap?: bigint })
  | (Base & { readonly type: "BONUS_FORFEIT"; readonly grant: string })
  | (Base & { readonly type: "JACKPOT_CONTRIBUTION" | "JACKPOT_WIN"; readonly jackpot: string })
  /** The player's cash covers what it can of a chargeback; the rest is the house's loss. */
  | (Base & { readonly type: "CHARGEBACK"; readonly psp: string })
  /** `fromLoss` is the part that the chargeback had taken from the house. */
  | (Base & { readonly type: "CHARGEBACK_REVERSAL"; readonly psp: string; readonly fromLoss: bigint })
  | (Base & { readonly type: "TRANSFER_OUT" | "TRANSFER_IN"; readonly provider: string })
  /** `amount` of `currency` becomes `converted` of `to`; `floor` is the exact result cut off, before rounding. */
  | (Base & {
      readonly type: "CONVERSION";
      readonly to: Currency;
      readonly converted: bigint;
      readonly floor: bigint;
      readonly captured: CapturedRate;
    })
  | (Base & {
      readonly type: "ADJUSTMENT";
      readonly direction: "INTO_PLAYER" | "FROM_PLAYER";
      readonly category: string;
      readonly reason: string;
    });

/** Types that a bet's own life makes; they are built in gaming and never asked for from outside. */
type BetTypes = "HOLD" | "SETTLE_DEBIT" | "PAYOUT" | "HOLD_RELEASE" | "ROLLBACK" | "CORRECTION";
type MoveType = Exclude<TransactionType, BetTypes>;
type MoveOf<T extends MoveType> = MoneyMove extends infer M
  ? M extends { readonly type: infer U }
    ? T extends U
      ? M
      : never
    : never
  : never;

export interface MovedAnswer {
  readonly transactionId: bigint;
  readonly availableAfter: bigint;
}

type Build<T extends MoveType> = (book: Book, move: MoveOf<T>) => readonly Movement[];

const builders: { readonly [T in MoveType]: Build<T> } = {
  DEPOSIT: (book, move) => [
    into(cash(book, move), move.amount),
    outOf(house(book, move, "PSP_CLEARING", move.psp), move.amount),
  ],
  WITHDRAW_HOLD: (book, move) => [{ wallet: cash(book, move), available: -move.amount, held: move.amount }],
  WITHDRAW_SETTLE: (book, move) => [
    { wallet: cash(book, move), held: -move.amount },
    into(house(book, move, "PSP_CLEARING", move.psp), move.amount),
  ],
  WITHDRAW_RELEASE: (book, move) => [{ wallet: cash(book, move), available: move.amount, held: -move.amount }],
  BONUS_GRANT: (book, move) => [
    into(grantWallet(book, move), move.amount),
    outOf(house(book, move, "BONUS_COST"), move.amount),
  ],
  BONUS_CONVERT: (book, move) => {
    const kept = move.cap !== undefined && move.cap < move.amount ? move.cap : move.amount;
    return [
      outOf(grantWallet(book, move), move.amount),
      into(cash(book, move), kept),
      into(house(book, move, "BONUS_COST"), move.amount - kept),
    ];
  },
  BONUS_FORFEIT: (book, move) => [
    outOf(grantWallet(book, move), move.amount),
    into(house(book, move, "BONUS_COST"), move.amount),
  ],
  JACKPOT_CONTRIBUTION: (book, move) => [
    outOf(house(book, move, "GAMING"), move.amount),
    into(house(book, move, "JACKPOT", move.jackpot), move.amount),
  ],
  JACKPOT_WIN: (book, move) => [
    outOf(house(book, move, "JACKPOT", move.jackpot), move.amount),
    into(cash(book, move), move.amount),
  ],
  FEE: (book, move) => [outOf(cash(book, move), move.amount), into(house(book, move, "FEES"), move.amount)],
  CHARGEBACK: (book, move) => {
    const wallet = cash(book, move);
    const covered = wallet.available < move.amount ? wallet.available : move.amount;
    return [
      outOf(wallet, covered),
      outOf(house(book, move, "CHARGEBACK_LOSS"), move.amount - covered),
      into(house(book, move, "PSP_CLEARING", move.psp), move.amount),
    ];
  },
  CHARGEBACK_REVERSAL: (book, move) => [
    outOf(house(book, move, "PSP_CLEARING", move.psp), move.amount),
    into(house(book, move, "CHARGEBACK_LOSS"), move.fromLoss),
    into(cash(book, move), move.amount - move.fromLoss),
  ],
  TRANSFER_OUT: (book, move) => [
    outOf(cash(book, move), move.amount),
    into(house(book, move, "GAME_BANK", move.provider), move.amount),
  ],
  TRANSFER_IN: (book, move) => [
    outOf(house(book, move, "GAME_BANK", move.provider), move.amount),
    into(cash(book, move), move.amount),
  ],
  CONVERSION: (book, move) => [
    outOf(cash(book, move), move.amount),
    into(house(book, move, "FX"), move.amount),
    outOf(houseWallet(book, "FX", move.to), move.floor),
    // Half-even rounding may give the player a unit more than the exact result; that unit has its own account.
    outOf(houseWallet(book, "ROUNDING", move.to), move.converted - move.floor),
    into(walletOf(book, move.playerId, "CASH", move.to), move.converted),
  ],
  ADJUSTMENT: (book, move) => {
    const signed = move.direction === "INTO_PLAYER" ? move.amount : -move.amount;
    return [into(cash(book, move), signed), outOf(house(book, move, "MANUAL_ADJUSTMENT"), signed)];
  },
};

/** Decides one movement on the book; refused where a player's balance would fall below zero. */
export function decideMoneyMove(book: Book, move: MoneyMove): Decision<MovedAnswer> {
  assert(move.amount > 0n, "an amount to move is above zero");
  if (!book.players.has(move.playerId)) {
    return refuse("player-exists", { code: "PLAYER_NOT_FOUND" }, { playerId: move.playerId.toString() });
  }
  const draft = startDraft(book);
  const build = builders[move.type] as Build<MoveType>;
  const transaction = addTransaction(draft, move.type, factsOf(move), build(book, move as MoveOf<MoveType>));
  for (const leg of transaction.legs) {
    if (leg.wallet.playerId === undefined || (leg.availableAfter >= 0n && leg.heldAfter >= 0n)) continue;
    return uncovered(leg.wallet, move);
  }
  return {
    accepted: true,
    transactions: draft.transactions,
    answer: { transactionId: transaction.id, availableAfter: cashAfter(book, draft, move) },
  };
}

function factsOf(move: MoneyMove): { playerId: bigint; reference: bigint | null; details?: Record<string, unknown> } {
  const details: Record<string, unknown> = { ...move.details };
  if (move.type === "CONVERSION") Object.assign(details, move.captured, { to: move.to });
  if (move.type === "ADJUSTMENT") Object.assign(details, { category: move.category, reason: move.reason });
  return {
    playerId: move.playerId,
    reference: move.reference ?? null,
    ...(Object.keys(details).length === 0 ? {} : { details }),
  };
}

function uncovered(wallet: WalletState, move: MoneyMove): Refused {
  return refuse(
    "balance-covers",
    { code: "FUNDS_INSUFFICIENT" },
    {
      wallet: wallet.kind,
      available: formatMinor(wallet.available, wallet.currency),
      held: formatMinor(wallet.held, wallet.currency),
      amount: formatMinor(move.amount, move.currency),
      type: move.type,
    },
  );
}

function refuse(rule: string, failure: Refused["failure"], inputs: Refused["inputs"]): Refused {
  return { accepted: false, failure, rule: `wallet.${rule}`, ruleVersion: 1, inputs };
}

function cashAfter(book: Book, draft: Draft, move: MoneyMove): bigint {
  const wallet = findWallet(book, move.playerId, "CASH", move.currency);
  if (wallet !== undefined) return (draft.running.get(wallet) ?? wallet).available;
  for (const [moved, after] of draft.running) {
    if (moved.playerId === move.playerId && moved.kind === "CASH" && moved.currency === move.currency) {
      return after.available;
    }
  }
  return 0n;
}

function cash(book: Book, move: MoneyMove): WalletState {
  return walletOf(book, move.playerId, "CASH", move.currency);
}

function grantWallet(book: Book, move: MoveOf<"BONUS_GRANT" | "BONUS_CONVERT" | "BONUS_FORFEIT">): WalletState {
  const found = book.wallets
    .get(move.playerId)
    ?.find(
      ({ kind, currency, qualifier }) => kind === "BONUS" && currency === move.currency && qualifier === move.grant,
    );
  if (found !== undefined) return found;
  return {
    id: 0n,
    playerId: move.playerId,
    kind: "BONUS",
    currency: move.currency,
    qualifier: move.grant,
    fundingPolicy: move.type === "BONUS_GRANT" ? move.fundingPolicy : "CASH_FIRST",
    available: 0n,
    held: 0n,
    lastTransaction: 0n,
  };
}

function house(book: Book, move: Base, kind: HouseKind, qualifier = ""): WalletState {
  return houseWallet(book, kind, move.currency, qualifier);
}

function into(wallet: WalletState, amount: bigint): Movement {
  return { wallet, available: amount };
}

function outOf(wallet: WalletState, amount: bigint): Movement {
  return { wallet, available: -amount };
}
