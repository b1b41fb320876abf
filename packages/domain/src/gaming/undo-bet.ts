/** Decides voids, rollbacks and corrections: what gives a bet back, and what mends one that was settled wrongly. */
import {
  type BetState,
  type BetTransition,
  type Book,
  type Decision,
  type JackpotPayment,
  type Refused,
} from "../wallet/book.ts";
import { addTransaction, type Draft, startDraft } from "../wallet/draft.ts";
import { splitLike } from "../wallet/funding.ts";
import { formatMinor } from "../wallet/money.ts";
import { betMachine } from "./bet-machine.ts";
import type { CorrectBet, RollbackBet, VoidBet } from "./commands.ts";
import { findBet, isGivenBack, isRefused } from "./find-bet.ts";
import { contribute, returnContribution, takeJackpots } from "./jackpot.ts";
import { refuse } from "./refuse.ts";
import { legs, pursesOf, release, spendable } from "./settle-round.ts";

export interface UndoAnswer {
  /** Null where a rollback came before its bet and left a tombstone. */
  readonly betId: bigint | null;
  readonly released: bigint;
  readonly currency: BetState["currency"] | null;
  readonly balanceAfter: bigint | null;
}

export interface CorrectAnswer {
  readonly betId: bigint;
  readonly currency: BetState["currency"];
  readonly payoutBefore: bigint;
  readonly payout: bigint;
  readonly balanceAfter: bigint;
}

export function decideVoid(book: Book, command: VoidBet): Decision<UndoAnswer> {
  const bet = findBet(book, command.playerId, command.bet, command.onlyProvider);
  if (isRefused(bet)) return bet;
  const refused = checkHeld(bet) ?? checkSeen(bet, command.held);
  return refused ?? giveBack(book, bet, "HOLD_RELEASE", "VOID", { reason: command.reason });
}

/**
 * Rolls back a bet that is still held. A rollback of a bet that never came leaves a tombstone on its request id, which
 * the bet meets should it come late; it moves no money.
 */
export function decideRollback(book: Book, command: RollbackBet): Decision<UndoAnswer> {
  if (!book.players.has(command.playerId)) return refuse("player-exists", "PLAYER_NOT_FOUND");
  if ("placeKey" in command.bet) {
    // Its tombstone would stand on the very request id that its answer is kept under.
    if (command.bet.placeKey === command.requestKey) {
      return refuse("own-request", "REQUEST_INVALID", {}, "A rollback has a request id of its own, not its bet's.");
    }
    const request = book.requests.get(command.bet.placeKey);
    if (request === undefined) {
      return {
        accepted: true,
        transactions: [],
        tombstone: command.bet.placeKey,
        answer: { betId: null, released: 0n, currency: null, balanceAfter: null },
      };
    }
    // The bet was refused, or already met its tombstone: there is nothing to roll back, and nothing can come.
    if (request.kind === "DENIED" || request.kind === "TOMBSTONE") {
      return {
        accepted: true,
        transactions: [],
        answer: { betId: null, released: 0n, currency: null, balanceAfter: null },
      };
    }
  }
  const bet = findBet(book, command.playerId, command.bet, command.onlyProvider);
  if (isRefused(bet)) return bet;
  return checkHeld(bet) ?? giveBack(book, bet, "ROLLBACK", "ROLLED_BACK", undefined);
}

/** Pays or takes back the difference to what the bet should have paid. What the player has already spent is not taken. */
export function decideCorrect(book: Book, command: CorrectBet): Decision<CorrectAnswer> {
  const bet = findBet(book, command.playerId, command.bet, command.onlyProvider);
  if (isRefused(bet)) return bet;
  if (bet.status !== "SETTLED" && bet.status !== "CORRECTED") {
    return refuse("bet-settled", "BET_NOT_SETTLED", { status: bet.status });
  }
  if (command.currency !== undefined && command.currency !== bet.currency) {
    return refuse("bet-currency", "CURRENCY_MISMATCH", { bet: bet.currency, correction: command.currency });
  }
  const payout = command.outcome === "LOSE" ? 0n : command.outcome === "WIN" ? command.payout : bet.stake;
  const paid = splitLike(payout, bet.cashPart, bet.bonusPart);
  const delta = { cash: paid.cash - bet.paidCash, bonus: paid.bonus - bet.paidBonus };
  const purses = pursesOf(book, bet);
  const draft = startDraft(book);
  const moved = delta.cash !== 0n || delta.bonus !== 0n;
  const facts = { playerId: bet.playerId, reference: bet.id };
  const transaction = moved
    ? addTransaction(draft, "CORRECTION", { ...facts, details: { reason: command.reason, outcome: command.outcome } }, [
        ...legs(purses, (purse) => ({ available: delta[purse] })),
        { wallet: purses.house, available: -(delta.cash + delta.bonus) },
      ])
    : undefined;
  const short = transaction?.legs.find((leg) => leg.wallet.playerId !== undefined && leg.availableAfter < 0n);
  if (short !== undefined) {
    return refuse("correction-covered", "CORRECTION_UNCOVERED", {
      wallet: short.wallet.kind,
      available: formatMinor(short.wallet.available, bet.currency),
      takesBack: formatMinor(-short.available, bet.currency),
      currency: bet.currency,
    });
  }
  const payments = correctJackpots(book, draft, bet, command.outcome);
  if ("accepted" in payments) return payments;
  const transition: BetTransition = {
    bet,
    number: bet.transitions + 1,
    status: betMachine[bet.status].correct,
    outcome: command.outcome,
    settledCash: 0n,
    settledBonus: 0n,
    paidCash: paid.cash,
    paidBonus: paid.bonus,
    transactionId: transaction?.id ?? bet.id,
    late: false,
  };
  return {
    accepted: true,
    transactions: draft.transactions,
    transitions: [transition],
    ...(payments.length === 0 ? {} : { jackpotPayments: payments }),
    answer: {
      betId: bet.id,
      currency: bet.currency,
      payoutBefore: bet.paidCash + bet.paidBonus,
      payout,
      balanceAfter: spendable(book, draft, bet.playerId, bet.currency),
    },
  };
}

/**
 * A bet that becomes void takes its contribution and what it won from pools back; one that stands again contributes again,
 * and is paid no jackpot a second time.
 */
function correctJackpots(
  book: Book,
  draft: Draft,
  bet: BetState,
  outcome: CorrectBet["outcome"],
): readonly JackpotPayment[] | Refused {
  const wasVoid = isGivenBack(bet);
  if (wasVoid === (outcome === "VOID")) return [];
  if (wasVoid) {
    if (bet.jackpot !== undefined) contribute(book, draft, bet, bet.jackpot);
    return [];
  }
  returnContribution(book, draft, bet, bet.stake);
  return takeJackpots(book, draft, bet, "CLAW_BACK");
}

function checkHeld(bet: BetState): Refused | undefined {
  if (bet.status === "HELD") return undefined;
  return bet.status === "VOIDED"
    ? refuse("bet-held", "BET_ALREADY_VOIDED")
    : refuse("bet-held", "BET_ALREADY_SETTLED", { status: bet.status });
}

function checkSeen(bet: BetState, seen: bigint | undefined): Refused | undefined {
  const held = bet.heldCash + bet.heldBonus;
  if (seen === undefined || seen === held) return undefined;
  const [was, is] = [formatMinor(seen, bet.currency), formatMinor(held, bet.currency)];
  return refuse("bet-as-seen", "PLAN_CHANGED", { seen: was, held: is, currency: bet.currency });
}

/** Gives back what is held of a bet. */
export function giveBack(
  book: Book,
  bet: BetState,
  type: "HOLD_RELEASE" | "ROLLBACK",
  outcome: "VOID" | "ROLLED_BACK",
  details: Readonly<Record<string, unknown>> | undefined,
): Decision<UndoAnswer> {
  const draft = startDraft(book);
  const part = { cash: bet.heldCash, bonus: bet.heldBonus };
  const facts = { playerId: bet.playerId, reference: bet.id, ...(details === undefined ? {} : { details }) };
  const transaction = addTransaction(draft, type, facts, release(pursesOf(book, bet), part));
  returnContribution(book, draft, bet, part.cash + part.bonus);
  return {
    accepted: true,
    transactions: draft.transactions,
    transitions: [
      {
        bet,
        number: bet.transitions + 1,
        status: outcome === "VOID" ? betMachine.HELD.void : betMachine.HELD.rollback,
        outcome,
        settledCash: part.cash,
        settledBonus: part.bonus,
        paidCash: bet.paidCash,
        paidBonus: bet.paidBonus,
        transactionId: transaction.id,
        late: false,
      },
    ],
    answer: {
      betId: bet.id,
      released: part.cash + part.bonus,
      currency: bet.currency,
      balanceAfter: spendable(book, draft, bet.playerId, bet.currency),
    },
  };
}
