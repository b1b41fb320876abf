/**
 * The book is the state that one batch of commands is decided on: the players it locked, their wallets, the earlier
 * answers to its request ids, the rounds and bets it names. Deciding reads the book and changes nothing; recording an
 * accepted decision moves the book on, so that the next command of the batch sees it.
 */
import type { OfferRules } from "../catalog/check-offer.ts";
import { assert, type Failure } from "../kernel/result.ts";
import type {
  BetOutcome,
  BetStatus,
  FundingPolicy,
  HouseKind,
  PlayerStatus,
  RequestKind,
  RoundStatus,
  TransactionType,
  WalletKind,
} from "./ledger-codes.ts";
import type { Gate } from "../risk/gate-state.ts";
import type { Currency } from "./currency.ts";

export interface PlayerState {
  readonly id: bigint;
  readonly status: PlayerStatus;
  /** ISO 3166-1 alpha-2 of the account, and what was verified of the player: what the gate goes by. */
  readonly country?: string;
  readonly kycLevel?: number;
}

/** Two accounts that move together: what can be spent and what is held. Balances are in minor units of `currency`. */
export interface WalletState {
  /** 0 until the wallet is written for the first time. */
  id: bigint;
  /** Absent on the house's wallets. */
  readonly playerId?: bigint;
  readonly kind: WalletKind;
  readonly currency: Currency;
  /** The grant of a bonus wallet, the PSP, provider or jackpot of a house wallet; empty otherwise. */
  readonly qualifier: string;
  readonly fundingPolicy?: FundingPolicy;
  available: bigint;
  held: bigint;
  /** The newest transaction that moved this wallet; 0 on a new one. */
  lastTransaction: bigint;
}

export interface RequestState {
  readonly kind: RequestKind;
  /** Hash of the request's meaning; a repeat with another one is refused. Absent on a tombstone. */
  readonly bodyHash: bigint | null;
  /** The bet (PLACED), the denial (DENIED), or the first transaction (ANSWERED). */
  readonly ref: bigint | null;
  /** The first answer, as it was sent, where it can't be made again from `ref`. */
  readonly answer: string | null;
}

/** An amount of the pool of one jackpot, minor units. */
export interface JackpotAmount {
  readonly code: string;
  readonly amount: bigint;
}

export interface BetState {
  readonly id: bigint;
  readonly playerId: bigint;
  readonly providerId: number;
  readonly gameId: number;
  readonly roundKey: string;
  readonly currency: Currency;
  readonly stake: bigint;
  readonly cashPart: bigint;
  readonly bonusPart: bigint;
  /**
   * The bonus wallet that paid `bonusPart`, the very object that the book has: a wallet that is new in this batch has no
   * id yet.
   */
  readonly bonusWallet: WalletState | undefined;
  /** What it put into a jackpot's pool when it was placed. */
  readonly jackpot: JackpotAmount | undefined;
  /** What it won from pools, less what was taken back; read only where a command of the batch may take it back. */
  jackpotWins: readonly JackpotAmount[];
  status: BetStatus;
  /** What the last transition came to; null while it is held. */
  outcome: BetOutcome | null;
  /** How many transitions the bet has behind it; the next one gets this number plus one. */
  transitions: number;
  /** Parts of the stake that are still held. */
  heldCash: bigint;
  heldBonus: bigint;
  /** Gross payouts so far, stake included, by the purse that they went to. */
  paidCash: bigint;
  paidBonus: bigint;
}

export interface RoundState {
  status: RoundStatus;
}

/** What an earlier win paid, so that it can be taken back. */
export interface WinState {
  readonly playerId: bigint;
  /** Null where the house paid it without a bet. */
  readonly betId: bigint | null;
  readonly currency: Currency;
  readonly cash: bigint;
  readonly bonus: bigint;
  readonly jackpot?: JackpotAmount;
}

export interface GameRules extends OfferRules {
  readonly id: number;
  readonly providerId: number;
  readonly open: boolean;
  readonly category?: string;
  /** Smallest and largest stake by currency, minor units. */
  readonly limits: ReadonlyMap<Currency, { readonly min: bigint; readonly max: bigint }>;
}

export interface Book {
  /** The id that the next transaction gets. */
  nextId: bigint;
  /** Where the batch's ids end; a decision that needs more waits for the next batch. */
  readonly endId: bigint;
  readonly players: Map<bigint, PlayerState>;
  /** A player's wallets, cash first, then bonus wallets in the order in which they were granted. */
  readonly wallets: Map<bigint, WalletState[]>;
  /** House wallets of the stripe that this batch holds, by `houseKey`. */
  readonly house: Map<string, WalletState>;
  readonly requests: Map<string, RequestState>;
  readonly rounds: Map<string, RoundState>;
  readonly bets: Map<bigint, BetState>;
  /** Wins by the key of the request that brought them; those alone that a command of the batch takes back. */
  readonly wins: Map<string, WinState>;
  readonly games: ReadonlyMap<number, GameRules>;
  /** Responsible gaming, jurisdictions and limit profiles; a book without it bets by the games' own rules alone. */
  readonly gate?: Gate;
}

/** One wallet's part in a transaction: two postings, either of which may be zero, with the balances after them. */
export interface Leg {
  readonly wallet: WalletState;
  readonly available: bigint;
  readonly held: bigint;
  readonly availableAfter: bigint;
  readonly heldAfter: bigint;
}

export interface LedgerTransaction {
  readonly id: bigint;
  readonly type: TransactionType;
  readonly playerId: bigint | null;
  /** The bet, payment or earlier transaction that this one is about; null on a HOLD, which is its own bet. */
  readonly reference: bigint | null;
  readonly legs: readonly Leg[];
  /** What the type alone doesn't say: a conversion's rate, an adjustment's reason. */
  readonly details?: Readonly<Record<string, unknown>>;
}

export interface BetTransition {
  readonly bet: BetState;
  readonly number: number;
  readonly status: BetStatus;
  readonly outcome: BetOutcome | null;
  /** The part of the stake that this transition took out of the hold. */
  readonly settledCash: bigint;
  readonly settledBonus: bigint;
  /** Gross payout after this transition, in all. */
  readonly paidCash: bigint;
  readonly paidBonus: bigint;
  readonly transactionId: bigint;
  /** Set where the round was closed before the payout came (a late credit). */
  readonly late: boolean;
}

/** What a win paid from a jackpot's pool; below zero, what was taken back of it. */
export interface JackpotPayment extends JackpotAmount {
  readonly transactionId: bigint;
  readonly playerId: bigint;
  readonly currency: Currency;
  readonly bet: BetState | undefined;
}

export interface RoundTransition {
  readonly roundKey: string;
  readonly status: RoundStatus;
}

/** What an accepted command writes. */
export interface Accepted<A = unknown> {
  readonly accepted: true;
  readonly transactions: readonly LedgerTransaction[];
  readonly placed?: PlacedBet;
  readonly transitions?: readonly BetTransition[];
  readonly round?: RoundTransition;
  /** The place request that may never be placed any more. */
  readonly tombstone?: string;
  /** The mark of a request that was taken back, and can't be once more. */
  readonly undoes?: string;
  /** What a win paid, so that a later command of the batch can take it back. */
  readonly win?: WinState;
  readonly jackpotPayments?: readonly JackpotPayment[];
  /** What play in a provider's own wallet came to, as far as the provider has told. */
  readonly bankPlay?: BankPlay;
  readonly answer: A;
}

export interface BankPlay {
  readonly playerId: bigint;
  readonly currency: Currency;
  /** Minor units, below zero where the player lost. */
  readonly won: bigint;
}

export interface PlacedBet {
  readonly bet: BetState;
  readonly maxBet: bigint;
  readonly balanceAfter: bigint;
}

/** A refusal with the rule that spoke and what it looked at, so that it can be explained and replayed. */
export interface Refused {
  readonly accepted: false;
  readonly failure: Failure;
  readonly rule: string;
  readonly ruleVersion: number;
  readonly inputs: Readonly<Record<string, string | number | boolean | null>>;
}

export type Decision<A = unknown> = Accepted<A> | Refused;

export function houseKey(kind: HouseKind, currency: Currency, qualifier: string): string {
  return `${kind}:${currency}:${qualifier}`;
}

export function findWallet(
  book: Book,
  playerId: bigint,
  kind: WalletKind,
  currency: Currency,
): WalletState | undefined {
  return book.wallets.get(playerId)?.find((wallet) => wallet.kind === kind && wallet.currency === currency);
}

/**
 * The player's wallet, or a new empty one that is written with the decision that first moves it. The new one stands in
 * the book at once: a decision that names it twice must mean one wallet, and an empty wallet decides nothing.
 */
export function walletOf(book: Book, playerId: bigint, kind: WalletKind, currency: Currency): WalletState {
  return (
    findWallet(book, playerId, kind, currency) ??
    keepWallet(book, playerId, { ...emptyWallet, playerId, kind, currency, qualifier: "" })
  );
}

/**
 * The wallet of a bonus grant. With a policy a new one is made as in `walletOf`, and one that exists stays as it is;
 * without a policy one that does not exist is only an empty purse, which covers nothing.
 */
export function grantWallet(
  book: Book,
  playerId: bigint,
  currency: Currency,
  grant: string,
  fundingPolicy?: FundingPolicy,
): WalletState {
  const found = book.wallets
    .get(playerId)
    ?.find((wallet) => wallet.kind === "BONUS" && wallet.currency === currency && wallet.qualifier === grant);
  if (found !== undefined) return found;
  const wallet = { ...emptyWallet, playerId, kind: "BONUS", currency, qualifier: grant } as const;
  return fundingPolicy === undefined ? { ...wallet } : keepWallet(book, playerId, { ...wallet, fundingPolicy });
}

/** What of the player's money lies in a provider's game bank, or a new empty one as in `walletOf`. */
export function bankWallet(book: Book, playerId: bigint, currency: Currency, provider: string): WalletState {
  const found = book.wallets
    .get(playerId)
    ?.find((wallet) => wallet.kind === "IN_GAME_BANK" && wallet.currency === currency && wallet.qualifier === provider);
  if (found !== undefined) return found;
  return keepWallet(book, playerId, { ...emptyWallet, playerId, kind: "IN_GAME_BANK", currency, qualifier: provider });
}

/** What of the player's money lies in game banks, of all providers. */
export function sumInBanks(book: Book, playerId: bigint, currency: Currency): bigint {
  return (book.wallets.get(playerId) ?? [])
    .filter((wallet) => wallet.kind === "IN_GAME_BANK" && wallet.currency === currency)
    .reduce((sum, { available }) => sum + available, 0n);
}

/** The house's wallet on the batch's stripe, or a new one as in `walletOf`. */
export function houseWallet(book: Book, kind: HouseKind, currency: Currency, qualifier = ""): WalletState {
  const key = houseKey(kind, currency, qualifier);
  const found = book.house.get(key);
  if (found !== undefined) return found;
  const wallet: WalletState = { ...emptyWallet, kind, currency, qualifier };
  book.house.set(key, wallet);
  return wallet;
}

const emptyWallet = { id: 0n, available: 0n, held: 0n, lastTransaction: 0n } as const;

function keepWallet(book: Book, playerId: bigint, wallet: Readonly<WalletState>): WalletState {
  const kept: WalletState = { ...wallet };
  const wallets = book.wallets.get(playerId);
  if (wallets === undefined) book.wallets.set(playerId, [kept]);
  else wallets.push(kept);
  return kept;
}

/** Moves the book past an accepted decision. Postings that do not sum to zero, or a player below zero, are bugs. */
export function record(book: Book, decision: Accepted): void {
  for (const transaction of decision.transactions) recordTransaction(book, transaction);
  const placed = decision.placed;
  if (placed !== undefined) book.bets.set(placed.bet.id, placed.bet);
  for (const transition of decision.transitions ?? []) recordTransition(transition);
  for (const { bet, code, amount } of decision.jackpotPayments ?? []) {
    if (bet !== undefined) bet.jackpotWins = addJackpot(bet.jackpotWins, { code, amount });
  }
  if (decision.round !== undefined) book.rounds.set(decision.round.roundKey, { status: decision.round.status });
}

/** The list with one amount more, the amounts of one pool in one row. */
export function addJackpot(list: readonly JackpotAmount[], one: JackpotAmount): readonly JackpotAmount[] {
  const found = list.find(({ code }) => code === one.code);
  if (found === undefined) return [...list, one];
  return list.map((each) => (each === found ? { ...each, amount: each.amount + one.amount } : each));
}

function recordTransaction(book: Book, transaction: LedgerTransaction): void {
  assert(transaction.id === book.nextId && transaction.id < book.endId, "transaction ids follow each other in a batch");
  book.nextId += 1n;
  assertZeroSum(transaction);
  for (const leg of transaction.legs) {
    const { wallet } = leg;
    assert(
      leg.availableAfter === wallet.available + leg.available && leg.heldAfter === wallet.held + leg.held,
      "a leg's balances follow from the wallet's",
    );
    assert(
      wallet.playerId === undefined ||
        wallet.kind === "RECEIVABLE" ||
        (leg.availableAfter >= 0n && leg.heldAfter >= 0n),
      "no player balance goes below zero",
    );
    wallet.available = leg.availableAfter;
    wallet.held = leg.heldAfter;
    wallet.lastTransaction = transaction.id;
  }
}

function recordTransition(transition: BetTransition): void {
  const { bet } = transition;
  assert(transition.number === bet.transitions + 1, "a bet's transitions follow each other");
  bet.transitions = transition.number;
  bet.status = transition.status;
  bet.outcome = transition.outcome;
  bet.heldCash -= transition.settledCash;
  bet.heldBonus -= transition.settledBonus;
  bet.paidCash = transition.paidCash;
  bet.paidBonus = transition.paidBonus;
  assert(bet.heldCash >= 0n && bet.heldBonus >= 0n, "no more of a stake is settled than is held");
}

function assertZeroSum(transaction: LedgerTransaction): void {
  const [first] = transaction.legs;
  if (first === undefined) throw new Error("a transaction has postings");
  let sum = 0n;
  let single = true;
  for (const leg of transaction.legs) {
    sum += leg.available + leg.held;
    single &&= leg.wallet.currency === first.wallet.currency;
  }
  if (single) {
    assert(sum === 0n, "postings sum to zero");
    return;
  }
  const sums = new Map<Currency, bigint>();
  for (const { wallet, available, held } of transaction.legs) {
    sums.set(wallet.currency, (sums.get(wallet.currency) ?? 0n) + available + held);
  }
  for (const total of sums.values()) assert(total === 0n, "postings sum to zero in every currency");
}
