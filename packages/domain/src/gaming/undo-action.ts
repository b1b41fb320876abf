/**
 * Decides what a provider takes back: a bet or a win, named by the request that brought it. What never came leaves a
 * tombstone, which it meets should it come late; what was taken back already is not taken back again.
 */
import {
  type BetState,
  type BetTransition,
  type Book,
  type Decision,
  houseWallet,
  type JackpotPayment,
  type Refused,
  walletOf,
  type WalletState,
  type WinState,
} from "../wallet/book.ts";
import type { Currency } from "../wallet/currency.ts";
import { addTransaction, type Draft, type Movement, startDraft } from "../wallet/draft.ts";
import type { Funding } from "../wallet/funding.ts";
import { formatMinor } from "../wallet/money.ts";
import { betMachine } from "./bet-machine.ts";
import type { UndoAction } from "./commands.ts";
import { findBet, isGivenBack, isRefused } from "./find-bet.ts";
import { returnContribution, takeJackpot, takeJackpots } from "./jackpot.ts";
import { refuse } from "./refuse.ts";
import { spendable } from "./settle-round.ts";
import { giveBack } from "./undo-bet.ts";

export interface UndoneAnswer {
  /**
   * TAKEN_BACK moved money; TOMBSTONE came before what it takes back; ALREADY met what was given back before; NOTHING
   * found that the original had moved nothing.
   */
  readonly effect: "TAKEN_BACK" | "TOMBSTONE" | "ALREADY" | "NOTHING";
  readonly transactionId: bigint | null;
  /** Null where nothing says which currency it was about. */
  readonly currency: Currency | null;
  readonly balanceAfter: bigint | null;
}

/** As it stands with the bet's history. */
export const undoReason = "rolled back by its provider";

export function decideUndo(book: Book, command: UndoAction): Decision<UndoneAnswer> {
  const { playerId, original, mark, requestKey } = command;
  if (!book.players.has(playerId)) return refuse("player-exists", "PLAYER_NOT_FOUND");
  if (original === requestKey) {
    return refuse("own-request", "REQUEST_INVALID", {}, "A rollback has an id of its own, not that of its original.");
  }
  const request = book.requests.get(original);
  if (request === undefined) return { ...without("TOMBSTONE"), tombstone: original };
  if (request.kind === "DENIED" || request.kind === "TOMBSTONE") return without("NOTHING");
  const done = book.requests.has(mark);
  if (request.kind === "PLACED") {
    const bet = findBet(book, playerId, { placeKey: original }, command.providerId);
    return isRefused(bet) ? bet : undoBet(book, command, bet, done);
  }
  const win = book.wins.get(original);
  if (win === undefined || win.cash + win.bonus + (win.jackpot?.amount ?? 0n) === 0n) return without("NOTHING");
  if (win.playerId !== playerId) return refuse("bet-exists", "BET_NOT_FOUND");
  // Where a bet goes with all that it won, there is no such thing as the rollback of a win.
  if (command.takes === "BET") return refuse("bets-alone-roll-back", "BET_NOT_FOUND");
  return undoWin(book, command, win, done);
}

function undoBet(book: Book, command: UndoAction, bet: BetState, done: boolean): Decision<UndoneAnswer> {
  if (done || isGivenBack(bet)) return without("ALREADY", bet.currency, balanceOf(book, bet));
  if (bet.status === "HELD") {
    const given = giveBack(book, bet, "ROLLBACK", "ROLLED_BACK", undefined);
    if (!given.accepted) return given;
    const { balanceAfter } = given.answer;
    const transactionId = given.transactions[0]?.id ?? null;
    return {
      ...given,
      undoes: command.mark,
      answer: { effect: "TAKEN_BACK", transactionId, currency: bet.currency, balanceAfter },
    };
  }
  const all = command.takes === "BET";
  const taken = all ? { cash: bet.paidCash, bonus: bet.paidBonus } : { cash: 0n, bonus: 0n };
  const delta = { cash: bet.cashPart - taken.cash, bonus: bet.bonusPart - taken.bonus };
  return correct(book, command, bet, delta, "VOID", (draft) => {
    returnContribution(book, draft, bet, bet.stake);
    return all ? takeJackpots(book, draft, bet, command.settled) : [];
  });
}

function undoWin(book: Book, command: UndoAction, win: WinState, done: boolean): Decision<UndoneAnswer> {
  const bet = win.betId === null ? undefined : book.bets.get(win.betId);
  if (done) return without("ALREADY", win.currency, balanceOf(book, win));
  const delta = { cash: -win.cash, bonus: -win.bonus };
  if (bet === undefined) return takeFromHouseWin(book, command, win);
  const left = bet.paidCash + bet.paidBonus - win.cash - win.bonus;
  // A bet that was given back stays so, whatever is taken of what it had won.
  const outcome = bet.outcome === "VOID" ? "VOID" : left === 0n ? "LOSE" : left === bet.stake ? "PUSH" : "WIN";
  return correct(book, command, bet, delta, outcome, (draft) => takeJackpotOf(book, draft, command, win, bet));
}

function takeJackpotOf(
  book: Book,
  draft: Draft,
  { settled }: UndoAction,
  { playerId, currency, jackpot }: WinState,
  bet: BetState | undefined,
): readonly JackpotPayment[] | Refused {
  if (jackpot === undefined) return [];
  const taken = takeJackpot(book, draft, { playerId, currency, bet }, jackpot, settled);
  return isRefused(taken) ? taken : [taken];
}

/** Moves the difference on a settled bet; a player who no longer has it owes it, where the policy says so. */
function correct(
  book: Book,
  command: UndoAction,
  bet: BetState,
  delta: Funding,
  outcome: "VOID" | "LOSE" | "PUSH" | "WIN",
  takeBeside: (draft: Draft) => readonly JackpotPayment[] | Refused,
): Decision<UndoneAnswer> {
  if (command.settled === "REJECT") return refuse("rollback-of-settled", "BET_ALREADY_SETTLED", { status: bet.status });
  if (bet.status !== "SETTLED" && bet.status !== "CORRECTED") return refuse("bet-settled", "BET_NOT_SETTLED");
  const draft = startDraft(book);
  const taken = takeFrom(book, bet, bet.bonusWallet, delta, command.settled);
  if (isRefused(taken)) return taken;
  const { movements, moved } = taken;
  const facts = {
    playerId: bet.playerId,
    reference: bet.id,
    details: { reason: undoReason, outcome },
  };
  const moves = delta.cash !== 0n || delta.bonus !== 0n;
  const transaction = moves ? addTransaction(draft, "CORRECTION", facts, movements) : undefined;
  const payments = takeBeside(draft);
  if (isRefused(payments)) return payments;
  const transition: BetTransition = {
    bet,
    number: bet.transitions + 1,
    status: betMachine[bet.status].correct,
    outcome,
    settledCash: 0n,
    settledBonus: 0n,
    paidCash: bet.paidCash + moved.cash,
    paidBonus: bet.paidBonus + moved.bonus,
    transactionId: transaction?.id ?? bet.id,
    late: false,
  };
  return {
    accepted: true,
    transactions: draft.transactions,
    transitions: [transition],
    ...(payments.length === 0 ? {} : { jackpotPayments: payments }),
    undoes: command.mark,
    answer: takenBack(book, draft, bet, draft.transactions[0]?.id ?? null),
  };
}

function takeFromHouseWin(book: Book, command: UndoAction, win: WinState): Decision<UndoneAnswer> {
  if (command.settled === "REJECT") return refuse("rollback-of-settled", "BET_ALREADY_SETTLED");
  const draft = startDraft(book);
  const taken = takeFrom(book, win, undefined, { cash: -win.cash, bonus: 0n }, command.settled);
  if (isRefused(taken)) return taken;
  const details = {
    provider: command.providerId,
    game: null,
    round: null,
    source: "WIN",
    amount: formatMinor(win.cash, win.currency),
    currency: win.currency,
  };
  if (win.cash > 0n) {
    addTransaction(draft, "CORRECTION", { playerId: win.playerId, reference: null, details }, taken.movements);
  }
  const payments = takeJackpotOf(book, draft, command, win, undefined);
  if (isRefused(payments)) return payments;
  return {
    accepted: true,
    transactions: draft.transactions,
    ...(payments.length === 0 ? {} : { jackpotPayments: payments }),
    undoes: command.mark,
    answer: takenBack(book, draft, win, draft.transactions[0]?.id ?? null),
  };
}

interface Owner {
  readonly playerId: bigint;
  readonly currency: Currency;
}

interface Taken {
  readonly movements: readonly Movement[];
  /** By purse, as it was moved: what a bonus no longer covers is owed in cash. */
  readonly moved: Funding;
}

/** Moves the difference between player and house; what a purse does not cover is owed, or the whole is refused. */
function takeFrom(
  book: Book,
  { playerId, currency }: Owner,
  bonusWallet: WalletState | undefined,
  delta: Funding,
  settled: UndoAction["settled"],
): Taken | Refused {
  const cash = walletOf(book, playerId, "CASH", currency);
  const fromCash = coveredBy(cash, delta.cash);
  const fromBonus = bonusWallet === undefined ? 0n : coveredBy(bonusWallet, delta.bonus);
  const owed = delta.cash - fromCash + delta.bonus - fromBonus;
  if (owed !== 0n && settled !== "RECEIVABLE") {
    return refuse("rollback-covered", "CORRECTION_UNCOVERED", { short: formatMinor(-owed, currency), currency });
  }
  const movements: Movement[] = [
    { wallet: houseWallet(book, "GAMING", currency), available: -(delta.cash + delta.bonus) },
    { wallet: cash, available: fromCash },
  ];
  if (bonusWallet !== undefined) movements.push({ wallet: bonusWallet, available: fromBonus });
  if (owed !== 0n) movements.push({ wallet: walletOf(book, playerId, "RECEIVABLE", currency), available: owed });
  return { movements, moved: { cash: fromCash + owed, bonus: fromBonus } };
}

/** The part of a change that a purse can give; one into it is always whole. */
function coveredBy({ available }: WalletState, change: bigint): bigint {
  return available + change < 0n ? -available : change;
}

function takenBack(book: Book, draft: Draft, { playerId, currency }: Owner, id: bigint | null): UndoneAnswer {
  const balanceAfter = spendable(book, draft, playerId, currency);
  return { effect: "TAKEN_BACK", transactionId: id, currency, balanceAfter };
}

function balanceOf(book: Book, { playerId, currency }: Owner): bigint {
  return spendable(book, startDraft(book), playerId, currency);
}

function without(
  effect: "TOMBSTONE" | "ALREADY" | "NOTHING",
  currency: Currency | null = null,
  balanceAfter: bigint | null = null,
) {
  const answer: UndoneAnswer = { effect, transactionId: null, currency, balanceAfter };
  return { accepted: true, transactions: [], answer } as const;
}
