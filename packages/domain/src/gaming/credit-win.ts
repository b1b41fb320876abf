/**
 * Decides what a provider's win pays, and what becomes of the round. A held bet is settled with it, a settled one is paid
 * on top; where no bet stands behind the win the house pays it, if the dialect lets it. Winnings return in the ratio in
 * which the stake was funded. A command is carried out whole or not at all.
 */
import {
  type BetState,
  type BetTransition,
  type Book,
  type Decision,
  houseWallet,
  type Refused,
  type RoundTransition,
  type WinState,
  walletOf,
} from "../wallet/book.ts";
import type { Currency } from "../wallet/currency.ts";
import { addTransaction, type Draft, startDraft } from "../wallet/draft.ts";
import { type Funding, splitLike } from "../wallet/funding.ts";
import { formatMinor } from "../wallet/money.ts";
import { betMachine } from "./bet-machine.ts";
import type { CreditWin } from "./commands.ts";
import { findBet, isGivenBack, isRefused } from "./find-bet.ts";
import { payJackpot } from "./jackpot.ts";
import { refuse } from "./refuse.ts";
import { legs, nextRound, pursesOf, type SettleAnswer, settleBet, spendable } from "./settle-round.ts";

export interface WinAnswer {
  /** Null where nothing was paid and nothing settled. */
  readonly transactionId: bigint | null;
  /** Null where the house paid, or nothing was. */
  readonly betId: bigint | null;
  readonly amount: bigint;
  readonly currency: Currency;
  readonly balanceAfter: bigint;
  /** Null where the payment belongs to no round. */
  readonly roundStatus: SettleAnswer["roundStatus"] | null;
  readonly late: boolean;
}

export function decideWin(book: Book, command: CreditWin): Decision<WinAnswer> {
  const { playerId, currency, amount, roundKey, jackpot } = command;
  if (!book.players.has(playerId)) return refuse("player-exists", "PLAYER_NOT_FOUND");
  const bet = findPaid(book, command);
  if (bet !== undefined && isRefused(bet)) return bet;
  const before = (roundKey === null ? undefined : book.rounds.get(roundKey)?.status) ?? "OPEN";
  const late = before !== "OPEN";
  const draft = startDraft(book);
  const transitions: BetTransition[] = [];
  const paid = pay(book, draft, command, bet, late, transitions);
  const win = jackpot === undefined ? paid : { ...(paid ?? nothingPaid(command, bet)), jackpot };
  if (command.close && roundKey !== null) {
    for (const other of heldIn(book, command)) {
      if (other !== bet) transitions.push(settleBet(book, draft, other, { outcome: "LOSE", payout: 0n }, late));
    }
  }
  // Last: the results of a settlement stand beside each other.
  const payments = jackpot === undefined ? [] : [payJackpot(book, draft, winnerOf(command, bet), jackpot)];
  const round = nextOf(command, before, transitions.length > 0 || win !== undefined);
  return {
    accepted: true,
    transactions: draft.transactions,
    transitions,
    ...(round === undefined ? {} : { round }),
    ...(win === undefined ? {} : { win }),
    ...(payments.length === 0 ? {} : { jackpotPayments: payments }),
    answer: {
      transactionId: draft.transactions[0]?.id ?? null,
      betId: bet?.id ?? null,
      amount,
      currency,
      balanceAfter: spendable(book, draft, playerId, currency),
      roundStatus: roundKey === null ? null : (round?.status ?? before),
      late,
    },
  };
}

function winnerOf(command: CreditWin, bet: BetState | undefined) {
  const { playerId, currency, providerId, gameId, roundKey } = command;
  if (bet !== undefined) return { playerId, currency, bet };
  const round = roundKey === null ? null : refOf(roundKey);
  return { playerId, currency, bet, details: { provider: providerId, game: gameId, round } };
}

function nothingPaid({ playerId, currency }: CreditWin, bet: BetState | undefined): WinState {
  return { playerId, betId: bet?.id ?? null, currency, cash: 0n, bonus: 0n };
}

/** With what comes from a jackpot's pool. */
function totalOf({ amount, jackpot }: CreditWin): bigint {
  return amount + (jackpot?.amount ?? 0n);
}

function nextOf(
  { roundKey, close }: CreditWin,
  before: SettleAnswer["roundStatus"],
  paid: boolean,
): RoundTransition | undefined {
  return roundKey === null ? undefined : nextRound({ roundKey, close }, before, paid);
}

/** The bet that the win is paid on; undefined where the house pays, or where there is nothing to pay. */
function findPaid(book: Book, command: CreditWin): BetState | Refused | undefined {
  if (isOfFreeBet(book, command)) return undefined;
  const found = command.bet === null ? findInRound(book, command) : findNamed(book, command);
  if (found === undefined) {
    return totalOf(command) > 0n && command.withoutBet === "REFUSE" ? refuse("bet-exists", "BET_NOT_FOUND") : undefined;
  }
  return isRefused(found) ? found : (checkPaid(found, command) ?? found);
}

/** A free round's bet of nothing was answered and moved nothing; the house pays what it wins. */
function isOfFreeBet(book: Book, { bet, source }: CreditWin): boolean {
  if (source !== "FREE_ROUND" || bet === null || !("placeKey" in bet)) return false;
  const request = book.requests.get(bet.placeKey);
  return request?.kind === "ANSWERED" && request.ref === null;
}

function findNamed(book: Book, { bet, playerId, providerId, withoutBet }: CreditWin): BetState | Refused | undefined {
  if (bet !== null && "placeKey" in bet) {
    const request = book.requests.get(bet.placeKey);
    // It was rolled back before it came, so it is void whatever the win says.
    if (request?.kind === "TOMBSTONE") return refuse("bet-held", "BET_ALREADY_VOIDED");
    if (request === undefined && withoutBet === "HOUSE") return undefined;
  }
  return bet === null ? undefined : findBet(book, playerId, bet, providerId);
}

/** Of the round's bets in the win's currency: the first that is still held, or else the last that was not given back. */
function findInRound(book: Book, command: CreditWin): BetState | Refused | undefined {
  if (totalOf(command) === 0n) return undefined;
  const bets = betsIn(book, command).filter(({ currency }) => currency === command.currency);
  const standing = bets.filter((bet) => !isGivenBack(bet));
  if (bets.length > 0 && standing.length === 0) return refuse("bet-held", "BET_ALREADY_VOIDED");
  return standing.find(({ status }) => status === "HELD") ?? standing.at(-1);
}

function checkPaid(bet: BetState, { roundKey, currency, again }: CreditWin): Refused | undefined {
  if (roundKey !== null && bet.roundKey !== roundKey) return refuse("bet-of-round", "BET_OF_OTHER_ROUND");
  if (bet.currency !== currency) return refuse("bet-currency", "CURRENCY_MISMATCH", { bet: bet.currency, currency });
  if (isGivenBack(bet)) return refuse("bet-held", "BET_ALREADY_VOIDED");
  if (bet.status !== "HELD" && again === "REFUSE") {
    return refuse("bet-held", "BET_ALREADY_SETTLED", { status: bet.status });
  }
  return undefined;
}

function pay(
  book: Book,
  draft: Draft,
  command: CreditWin,
  bet: BetState | undefined,
  late: boolean,
  transitions: BetTransition[],
): WinState | undefined {
  const { amount, playerId, currency } = command;
  if (bet === undefined) return amount === 0n ? undefined : payFromHouse(book, draft, command);
  const facts = { playerId, betId: bet.id, currency };
  if (bet.status === "HELD") {
    const settled = settleBet(book, draft, bet, { outcome: amount > 0n ? "WIN" : "LOSE", payout: amount }, late);
    transitions.push(settled);
    return { ...facts, cash: settled.paidCash - bet.paidCash, bonus: settled.paidBonus - bet.paidBonus };
  }
  if (amount === 0n) return undefined;
  const paid = splitLike(amount, bet.cashPart, bet.bonusPart);
  transitions.push(payOnTop(book, draft, bet, paid, late));
  return { ...facts, ...paid };
}

function payOnTop(book: Book, draft: Draft, bet: BetState, paid: Funding, late: boolean): BetTransition {
  const purses = pursesOf(book, bet);
  const payout = addTransaction(draft, "PAYOUT", { playerId: bet.playerId, reference: bet.id }, [
    { wallet: purses.house, available: -(paid.cash + paid.bonus) },
    ...legs(purses, (purse) => ({ available: paid[purse] })),
  ]);
  return {
    bet,
    number: bet.transitions + 1,
    status: bet.status === "CORRECTED" ? betMachine.CORRECTED.pay : betMachine.SETTLED.pay,
    outcome: "WIN",
    settledCash: 0n,
    settledBonus: 0n,
    paidCash: bet.paidCash + paid.cash,
    paidBonus: bet.paidBonus + paid.bonus,
    transactionId: payout.id,
    late,
  };
}

/** The payment says in its details what it is for: no bet does. */
function payFromHouse(book: Book, draft: Draft, command: CreditWin): WinState {
  const { playerId, currency, amount } = command;
  addTransaction(draft, "PAYOUT", { playerId, reference: null, details: describeHouseWin(command) }, [
    { wallet: houseWallet(book, "GAMING", currency), available: -amount },
    { wallet: walletOf(book, playerId, "CASH", currency), available: amount },
  ]);
  return { playerId, betId: null, currency, cash: amount, bonus: 0n };
}

/** What a house-paid win's transaction says of itself; `build-house-events.ts` reads it. */
function describeHouseWin({ providerId, gameId, roundKey, source, amount, currency }: CreditWin) {
  return {
    provider: providerId,
    game: gameId,
    round: roundKey === null ? null : refOf(roundKey),
    source,
    amount: formatMinor(amount, currency),
    currency,
  };
}

/** The provider's own word for the round: what follows the second bar of its key. */
function refOf(roundKey: string): string {
  return roundKey.slice(roundKey.indexOf("|", roundKey.indexOf("|") + 1) + 1);
}

function betsIn(book: Book, { roundKey, playerId }: CreditWin): BetState[] {
  if (roundKey === null) return [];
  return [...book.bets.values()]
    .filter((bet) => bet.roundKey === roundKey && bet.playerId === playerId)
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

function heldIn(book: Book, command: CreditWin): BetState[] {
  return betsIn(book, command).filter(({ status }) => status === "HELD");
}
