/**
 * Decides a settlement: for each result the stake's hold becomes the house's, and what was won returns in the ratio in
 * which the stake was funded. A command is settled whole or not at all.
 */
import {
  type BetState,
  type BetTransition,
  type Book,
  type Decision,
  houseWallet,
  type Refused,
  type RoundTransition,
  type WalletState,
  walletOf,
} from "../wallet/book.ts";
import type { Currency } from "../wallet/currency.ts";
import { spendableKinds } from "../wallet/ledger-codes.ts";
import { addTransaction, availableIn, type Draft, type Movement, startDraft } from "../wallet/draft.ts";
import { type Funding, splitLike } from "../wallet/funding.ts";
import { formatMinor } from "../wallet/money.ts";
import { betMachine, roundMachine } from "./bet-machine.ts";
import type { BetResult, SettleRound } from "./commands.ts";
import { findBet, isRefused } from "./find-bet.ts";
import { refuse } from "./refuse.ts";

export interface SettledBet {
  readonly betId: bigint;
  readonly outcome: "WIN" | "LOSE" | "PUSH";
  readonly stake: bigint;
  readonly payout: bigint;
  readonly currency: Currency;
  readonly late: boolean;
}

export interface SettleAnswer {
  readonly bets: readonly SettledBet[];
  readonly roundStatus: "OPEN" | "CLOSED" | "LATE_CREDITED" | "STALE" | "VOIDED";
  /** Cash and the bonus that funded, by currency, after the settlement. */
  readonly balances: ReadonlyMap<Currency, bigint>;
}

export function decideSettle(book: Book, command: SettleRound): Decision<SettleAnswer> {
  if (!book.players.has(command.playerId)) return refuse("player-exists", "PLAYER_NOT_FOUND");
  const draft = startDraft(book);
  const transitions: BetTransition[] = [];
  const bets: SettledBet[] = [];
  const before = book.rounds.get(command.roundKey)?.status ?? "OPEN";
  const late = before !== "OPEN";
  for (const result of command.results) {
    const bet = findBet(book, command.playerId, result.bet);
    if (isRefused(bet)) return bet;
    const refusal = checkResult(bet, result, command, transitions);
    if (refusal !== undefined) return refusal;
    const transition = settleBet(book, draft, bet, result, late);
    transitions.push(transition);
    const stake = transition.settledCash + transition.settledBonus;
    const payout = transition.paidCash + transition.paidBonus - bet.paidCash - bet.paidBonus;
    bets.push({ betId: bet.id, outcome: result.outcome, stake, payout, currency: bet.currency, late });
  }
  const round = nextRound(command, before, bets.length > 0);
  const roundStatus = round?.status ?? before;
  return {
    accepted: true,
    transactions: draft.transactions,
    transitions,
    ...(round === undefined ? {} : { round }),
    answer: { bets, roundStatus, balances: balancesOf(book, draft, command.playerId, bets) },
  };
}

function checkResult(
  bet: BetState,
  result: BetResult,
  command: SettleRound,
  earlier: readonly BetTransition[],
): Refused | undefined {
  if (bet.roundKey !== command.roundKey) return refuse("bet-of-round", "BET_OF_OTHER_ROUND");
  if (result.currency !== undefined && result.currency !== bet.currency) {
    return refuse("bet-currency", "CURRENCY_MISMATCH", { bet: bet.currency, settlement: result.currency });
  }
  if (bet.status === "VOIDED") return refuse("bet-held", "BET_ALREADY_VOIDED");
  if (bet.status !== "HELD" || earlier.some((transition) => transition.bet === bet)) {
    return refuse("bet-held", "BET_ALREADY_SETTLED", { status: bet.status });
  }
  const held = bet.heldCash + bet.heldBonus;
  if (result.stakePart !== undefined && (result.stakePart <= 0n || result.stakePart > held)) {
    return refuse("part-of-stake", "REQUEST_INVALID", {
      part: formatMinor(result.stakePart, bet.currency),
      held: formatMinor(held, bet.currency),
    });
  }
  return undefined;
}

/** One bet's result in the draft; the result was checked before. */
export function settleBet(
  book: Book,
  draft: Draft,
  bet: BetState,
  result: Omit<BetResult, "bet">,
  late: boolean,
): BetTransition {
  const held = bet.heldCash + bet.heldBonus;
  const part = result.stakePart ?? held;
  const settled =
    part === held ? { cash: bet.heldCash, bonus: bet.heldBonus } : splitLike(part, bet.heldCash, bet.heldBonus);
  const purses = pursesOf(book, bet);
  const facts = { playerId: bet.playerId, reference: bet.id };
  let paid: Funding;
  let transactionId: bigint;
  if (result.outcome === "PUSH") {
    paid = settled;
    transactionId = addTransaction(draft, "HOLD_RELEASE", facts, release(purses, settled)).id;
  } else {
    paid = splitLike(result.outcome === "WIN" ? result.payout : 0n, bet.cashPart, bet.bonusPart);
    const debit: Movement[] = [
      { wallet: purses.house, available: part },
      ...legs(purses, (purse) => ({ held: -settled[purse] })),
    ];
    transactionId = addTransaction(draft, "SETTLE_DEBIT", facts, debit).id;
    if (paid.cash + paid.bonus > 0n) {
      const credit = legs(purses, (purse) => ({ available: paid[purse] }));
      addTransaction(draft, "PAYOUT", facts, [
        { wallet: purses.house, available: -(paid.cash + paid.bonus) },
        ...credit,
      ]);
    }
  }
  return {
    bet,
    number: bet.transitions + 1,
    status: part === held ? betMachine.HELD.settle : betMachine.HELD.settlePart,
    outcome: result.outcome,
    settledCash: settled.cash,
    settledBonus: settled.bonus,
    paidCash: bet.paidCash + paid.cash,
    paidBonus: bet.paidBonus + paid.bonus,
    transactionId,
    late,
  };
}

/** How a step leaves the round; undefined where it stays as it is. `paid` says that the step brought a result. */
export function nextRound(
  command: Pick<SettleRound, "roundKey" | "close">,
  before: SettleAnswer["roundStatus"],
  paid: boolean,
): RoundTransition | undefined {
  const { roundKey } = command;
  if (before === "OPEN") return command.close ? { roundKey, status: roundMachine.OPEN.close } : undefined;
  if (paid && before === "CLOSED") return { roundKey, status: roundMachine.CLOSED.lateCredit };
  return undefined;
}

function balancesOf(book: Book, draft: Draft, playerId: bigint, bets: readonly SettledBet[]): Map<Currency, bigint> {
  const balances = new Map<Currency, bigint>();
  for (const { currency } of bets) balances.set(currency, spendable(book, draft, playerId, currency));
  return balances;
}

/** All that the player can bet with in this currency after the draft: cash and bonuses. */
export function spendable(book: Book, draft: Draft, playerId: bigint, currency: Currency): bigint {
  let sum = 0n;
  for (const wallet of book.wallets.get(playerId) ?? []) {
    if (wallet.currency === currency && spendableKinds.has(wallet.kind)) sum += availableIn(draft, wallet);
  }
  return sum;
}

export interface Purses {
  readonly cash: WalletState;
  readonly bonus: WalletState | undefined;
  readonly house: WalletState;
}

/** The wallets that the bet was funded from, and the house's gaming result. */
export function pursesOf(book: Book, bet: BetState): Purses {
  return {
    cash: walletOf(book, bet.playerId, "CASH", bet.currency),
    bonus: bet.bonusWallet,
    house: houseWallet(book, "GAMING", bet.currency),
  };
}

export function legs(purses: Purses, delta: (purse: "cash" | "bonus") => Omit<Movement, "wallet">): Movement[] {
  const movements: Movement[] = [{ wallet: purses.cash, ...delta("cash") }];
  if (purses.bonus !== undefined) movements.push({ wallet: purses.bonus, ...delta("bonus") });
  return movements;
}

/** The hold goes back to where it was taken from. */
export function release(purses: Purses, part: Funding): Movement[] {
  return legs(purses, (purse) => ({ available: part[purse], held: -part[purse] }));
}
