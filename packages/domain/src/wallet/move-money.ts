/**
 * Every movement of money that is not a bet: deposits, payouts, bonuses, jackpots, fees, chargebacks, transfers to a
 * game bank, conversions and adjustments. One constructor a transaction type; the table below is exhaustive, so a type
 * without a constructor does not compile. Amounts are minor units above zero.
 */
import { assert, type Failure, type Result } from "../kernel/result.ts";
import {
  type BankPlay,
  bankWallet,
  type Book,
  type Decision,
  grantWallet,
  houseWallet,
  type LedgerTransaction,
  type Refused,
  sumInBanks,
  type WalletState,
  walletOf,
} from "./book.ts";
import { admitToBank } from "../risk/gate.ts";
import type { Conversion } from "./exchange.ts";
import { formatMinor, largestAmount } from "./money.ts";
import { addTransaction, availableIn, type Movement, startDraft } from "./draft.ts";
import type { Currency } from "./currency.ts";
import { transactionTimeMs } from "./transaction-id.ts";
import type { FundingPolicy, HouseKind, HouseTransactionType, TransactionType } from "./ledger-codes.ts";

interface Base {
  readonly playerId: bigint;
  readonly currency: Currency;
  readonly amount: bigint;
  /** The payment, grant or earlier transaction that this movement is about. */
  readonly reference?: bigint;
  readonly details?: Readonly<Record<string, unknown>>;
}

export type MoneyMove =
  /** `pspFee` is what the provider keeps of the amount; the player gets all of it, and the house bears the fee. */
  | (Base & {
      readonly type: "DEPOSIT";
      readonly psp: string;
      readonly pspFee?: bigint;
      /** It is the player's, and held until somebody lets it go: its source must not be paid from or back to. */
      readonly frozen?: boolean;
    })
  | (Base & { readonly type: "DEPOSIT_RELEASE" })
  /** `released` is the part of the amount that did not leave, and is the player's again. */
  | (Base & { readonly type: "WITHDRAW_SETTLE"; readonly psp: string; readonly released?: bigint })
  | (Base & { readonly type: "WITHDRAW_HOLD" | "FEE" })
  /** `settledBy` is the provider that had paid it: then the money comes back from there, and not out of the hold. */
  | (Base & { readonly type: "WITHDRAW_RELEASE"; readonly settledBy?: string })
  | (Base & { readonly type: "BONUS_GRANT"; readonly grant: string; readonly fundingPolicy: FundingPolicy })
  /** `amount` leaves the bonus; what lies above `cap` goes back to the house instead of into cash. */
  | (Base & { readonly type: "BONUS_CONVERT"; readonly grant: string; readonly cap?: bigint })
  | (Base & { readonly type: "BONUS_FORFEIT"; readonly grant: string })
  | (Base & { readonly type: "JACKPOT_CONTRIBUTION" | "JACKPOT_WIN"; readonly jackpot: string })
  /** The player's cash covers what it can of a chargeback; the rest is the house's loss. */
  | (Base & { readonly type: "CHARGEBACK"; readonly psp: string })
  /** `fromLoss` is the part that the chargeback had taken from the house. */
  | (Base & { readonly type: "CHARGEBACK_REVERSAL"; readonly psp: string; readonly fromLoss: bigint })
  | (Base & { readonly type: "TRANSFER_OUT"; readonly provider: string })
  /**
   * `left` is what the provider says is still there afterwards. Where that and the amount differ from what the ledger
   * had there, the difference is what play came to: the house pays what was won, and keeps what was lost. The amount may
   * then be zero. Without `left` the amount came back as it went, and nothing was played.
   */
  | (Base & { readonly type: "TRANSFER_IN"; readonly provider: string; readonly left?: bigint })
  /**
   * `amount` of `currency` becomes what the quote says of `to`. The quote is taken before the request is known to be
   * new, so it may be a failure: only a request that was not answered before is refused for it.
   */
  | (Base & {
      readonly type: "CONVERSION";
      readonly to: Currency;
      readonly quote: Result<Conversion>;
      /** Refused where less comes out, in minor units of `to`. */
      readonly expected?: bigint;
    })
  | (Base & {
      readonly type: "ADJUSTMENT";
      readonly direction: "INTO_PLAYER" | "FROM_PLAYER";
      readonly category: string;
      readonly reason: string;
    });

/** Types that a bet's own life makes; they are built in gaming and never asked for from outside. */
type BetTypes =
  | "HOLD"
  | "SETTLE_DEBIT"
  | "PAYOUT"
  | "HOLD_RELEASE"
  | "ROLLBACK"
  | "CORRECTION"
  | "JACKPOT_CONTRIBUTION_REVERSAL"
  | "JACKPOT_WIN_REVERSAL";
type MoveType = Exclude<TransactionType, BetTypes | HouseTransactionType>;
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
  DEPOSIT: (book, move) => {
    const fee = move.pspFee ?? 0n;
    assert(fee >= 0n, "a provider's fee is not below zero");
    const wallet = cash(book, move);
    return [
      move.frozen === true ? { wallet, held: move.amount } : into(wallet, move.amount),
      outOf(house(book, move, "PSP_CLEARING", move.psp), move.amount - fee),
      outOf(house(book, move, "FEES", move.psp), fee),
    ];
  },
  DEPOSIT_RELEASE: (book, move) => [{ wallet: cash(book, move), available: move.amount, held: -move.amount }],
  WITHDRAW_HOLD: (book, move) => [{ wallet: cash(book, move), available: -move.amount, held: move.amount }],
  WITHDRAW_SETTLE: (book, move) => {
    const released = move.released ?? 0n;
    assert(released >= 0n && released < move.amount, "a payout leaves at least in part");
    return [
      { wallet: cash(book, move), held: -move.amount, available: released },
      into(house(book, move, "PSP_CLEARING", move.psp), move.amount - released),
    ];
  },
  WITHDRAW_RELEASE: (book, move) =>
    move.settledBy === undefined
      ? [{ wallet: cash(book, move), available: move.amount, held: -move.amount }]
      : [into(cash(book, move), move.amount), outOf(house(book, move, "PSP_CLEARING", move.settledBy), move.amount)],
  BONUS_GRANT: (book, move) => [
    into(bonus(book, move), move.amount),
    outOf(house(book, move, "BONUS_COST"), move.amount),
  ],
  BONUS_CONVERT: (book, move) => {
    const kept = move.cap !== undefined && move.cap < move.amount ? move.cap : move.amount;
    return [
      outOf(bonus(book, move), move.amount),
      into(cash(book, move), kept),
      into(house(book, move, "BONUS_COST"), move.amount - kept),
    ];
  },
  BONUS_FORFEIT: (book, move) => [
    outOf(bonus(book, move), move.amount),
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
    into(bankWallet(book, move.playerId, move.currency, move.provider), move.amount),
  ],
  TRANSFER_IN: (book, move) => {
    const bank = bankWallet(book, move.playerId, move.currency, move.provider);
    const left = move.left ?? bank.available - move.amount;
    const won = left + move.amount - bank.available;
    return [
      into(bank, left - bank.available),
      outOf(house(book, move, "GAME_BANK", move.provider), won),
      into(cash(book, move), move.amount),
    ];
  },
  CONVERSION: (book, move) => {
    const { converted, floor } = quoteOf(move);
    return [
      outOf(cash(book, move), move.amount),
      into(house(book, move, "FX"), move.amount),
      outOf(houseWallet(book, "FX", move.to), floor),
      // Half-even rounding may give the player a unit more than the exact result; that unit has its own account.
      outOf(houseWallet(book, "ROUNDING", move.to), converted - floor),
      into(walletOf(book, move.playerId, "CASH", move.to), converted),
    ];
  },
  ADJUSTMENT: (book, move) => {
    const signed = move.direction === "INTO_PLAYER" ? move.amount : -move.amount;
    return [into(cash(book, move), signed), outOf(house(book, move, "MANUAL_ADJUSTMENT"), signed)];
  },
};

/** Decides one movement on the book; refused where a player's balance would fall below zero. */
export function decideMoneyMove(book: Book, move: MoneyMove): Decision<MovedAnswer> {
  const told = move.type === "TRANSFER_IN" && move.left !== undefined;
  assert(move.amount > 0n || (told && move.amount === 0n), "an amount to move is above zero");
  if (!book.players.has(move.playerId)) {
    return refuse("player-exists", { code: "PLAYER_NOT_FOUND" }, { playerId: move.playerId.toString() });
  }
  const unquoted = move.type === "CONVERSION" ? checkQuote(move) : undefined;
  if (unquoted !== undefined) return unquoted;
  const limited = move.type === "TRANSFER_OUT" ? checkLimits(book, move) : undefined;
  if (limited !== undefined) return limited;
  const draft = startDraft(book);
  const build = builders[move.type] as Build<MoveType>;
  const transaction = addTransaction(draft, move.type, factsOf(move), build(book, move));
  assert(transaction.legs.length > 0, "a movement moves something");
  for (const leg of transaction.legs) {
    if (leg.wallet.playerId === undefined || (leg.availableAfter >= 0n && leg.heldAfter >= 0n)) continue;
    return uncovered(leg.wallet, move);
  }
  const bankPlay = told ? playOf(move, transaction.legs) : undefined;
  return {
    accepted: true,
    transactions: draft.transactions,
    ...(bankPlay === undefined ? {} : { bankPlay }),
    answer: { transactionId: transaction.id, availableAfter: availableIn(draft, cash(book, move)) },
  };
}

function factsOf(move: MoneyMove): { playerId: bigint; reference: bigint | null; details?: Record<string, unknown> } {
  const details: Record<string, unknown> = { ...move.details };
  if (move.type === "CONVERSION") {
    const { rate, source, asOf } = quoteOf(move);
    Object.assign(details, { rate, source, asOf, to: move.to });
  }
  if (move.type === "ADJUSTMENT") Object.assign(details, { category: move.category, reason: move.reason });
  return {
    playerId: move.playerId,
    reference: move.reference ?? null,
    ...(Object.keys(details).length === 0 ? {} : { details }),
  };
}

/** All that lies in a game bank could be lost there, so no more goes in than the player's own limits still leave. */
function checkLimits(book: Book, { playerId, currency, amount }: MoneyMove): Refused | undefined {
  if (book.gate === undefined) return undefined;
  const atMs = transactionTimeMs(book.nextId);
  const atStake = sumInBanks(book, playerId, currency) + amount;
  return admitToBank(book.gate, { playerId, currency, atMs }, atStake);
}

/** What the player's own accounts gained or lost by play; a transfer alone moves nothing between them in sum. */
function playOf({ playerId, currency }: MoneyMove, legs: LedgerTransaction["legs"]): BankPlay | undefined {
  const won = legs
    .filter(({ wallet }) => wallet.playerId === playerId)
    .reduce((sum, { available }) => sum + available, 0n);
  return won === 0n ? undefined : { playerId, currency, won };
}

/** What a conversion is refused for before any balance is looked at. */
function checkQuote(move: MoveOf<"CONVERSION">): Refused | undefined {
  const { quote, expected, amount, currency, to } = move;
  const asked = { amount: formatMinor(amount, currency), from: currency, to };
  if (!quote.ok) return refuse("rate-usable", quote.error, { ...asked, ...scalars(quote.error.data) });
  const { converted, rate, source, asOf } = quote.value;
  const inputs = { ...asked, converted: formatMinor(converted, to), rate, source, asOf };
  if (converted === 0n || converted > largestAmount) {
    const detail = `The amount is too ${converted === 0n ? "small" : "large"} to be converted to ${to}.`;
    return refuse("conversion-size", { code: "AMOUNT_INVALID", detail }, inputs);
  }
  if (expected !== undefined && converted < expected) {
    return refuse(
      "conversion-expected",
      { code: "RATE_BELOW_EXPECTED" },
      { ...inputs, expected: formatMinor(expected, to) },
    );
  }
  return undefined;
}

function scalars(data: Failure["data"] = {}): Refused["inputs"] {
  return Object.fromEntries(
    Object.entries(data).map(([name, value]) => [
      name,
      typeof value === "object" && value !== null ? value.join(", ") : value,
    ]),
  );
}

function quoteOf(move: MoveOf<"CONVERSION">): Conversion {
  assert(move.quote.ok, "a conversion is built from a quote that was checked");
  return move.quote.value;
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

function refuse(rule: string, { code, detail }: Failure, inputs: Refused["inputs"]): Refused {
  const failure = { code, ...(detail === undefined ? {} : { detail }), data: inputs };
  return { accepted: false, failure, rule: `wallet.${rule}`, ruleVersion: 1, inputs };
}

function cash(book: Book, move: MoneyMove): WalletState {
  return walletOf(book, move.playerId, "CASH", move.currency);
}

function bonus(book: Book, move: MoveOf<"BONUS_GRANT" | "BONUS_CONVERT" | "BONUS_FORFEIT">): WalletState {
  const policy = move.type === "BONUS_GRANT" ? move.fundingPolicy : undefined;
  return grantWallet(book, move.playerId, move.currency, move.grant, policy);
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
