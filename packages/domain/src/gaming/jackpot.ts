/**
 * What bets and wins move in a jackpot's pool. A contribution is a part of the house's result and goes into the pool with
 * its bet; it comes back when the bet is given back. What is won from the pool is paid to the player's cash with the win
 * that brings it, and is taken back with that win. Each is posted by the command that it belongs to, or not at all.
 */
import {
  type BetState,
  type Book,
  houseWallet,
  type JackpotAmount,
  type JackpotPayment,
  type Refused,
  walletOf,
} from "../wallet/book.ts";
import type { Currency } from "../wallet/currency.ts";
import { addTransaction, availableIn, type Draft } from "../wallet/draft.ts";
import { divideHalfEven, formatMinor } from "../wallet/money.ts";
import type { SettledRollback } from "./commands.ts";
import { refuse } from "./refuse.ts";

type Stake = Pick<BetState, "id" | "playerId" | "currency">;

export function contribute(book: Book, draft: Draft, bet: Stake, { code, amount }: JackpotAmount): void {
  addTransaction(draft, "JACKPOT_CONTRIBUTION", { playerId: bet.playerId, reference: bet.id }, [
    { wallet: houseWallet(book, "GAMING", bet.currency), available: -amount },
    { wallet: houseWallet(book, "JACKPOT", bet.currency, code), available: amount },
  ]);
}

/** `released` is what of the stake goes back: of a bet that was settled in part, its part of the contribution. */
export function returnContribution(book: Book, draft: Draft, bet: BetState, released: bigint): void {
  const { jackpot, stake } = bet;
  if (jackpot === undefined) return;
  const amount = divideHalfEven(jackpot.amount * released, stake);
  if (amount === 0n) return;
  addTransaction(draft, "JACKPOT_CONTRIBUTION_REVERSAL", { playerId: bet.playerId, reference: bet.id }, [
    { wallet: houseWallet(book, "JACKPOT", bet.currency, jackpot.code), available: -amount },
    { wallet: houseWallet(book, "GAMING", bet.currency), available: amount },
  ]);
}

interface Winner {
  readonly playerId: bigint;
  readonly currency: Currency;
  /** Absent where no bet stands behind it. */
  readonly bet: BetState | undefined;
  /** What it was for, where no bet says so. */
  readonly details?: Readonly<Record<string, unknown>>;
}

export function payJackpot(
  book: Book,
  draft: Draft,
  { playerId, currency, bet, details }: Winner,
  { code, amount }: JackpotAmount,
): JackpotPayment {
  const facts = { playerId, reference: bet?.id ?? null, ...(details === undefined ? {} : { details }) };
  const { id } = addTransaction(draft, "JACKPOT_WIN", facts, [
    { wallet: houseWallet(book, "JACKPOT", currency, code), available: -amount },
    { wallet: walletOf(book, playerId, "CASH", currency), available: amount },
  ]);
  return { transactionId: id, bet, playerId, currency, code, amount };
}

/** What the player no longer has of it is owed, where the policy says so; otherwise the whole command is refused. */
export function takeJackpot(
  book: Book,
  draft: Draft,
  { playerId, currency, bet }: Winner,
  { code, amount }: JackpotAmount,
  settled: SettledRollback,
): JackpotPayment | Refused {
  const cash = walletOf(book, playerId, "CASH", currency);
  const has = availableIn(draft, cash);
  const covered = has < amount ? has : amount;
  const owed = amount - covered;
  if (owed > 0n && settled !== "RECEIVABLE") {
    return refuse("jackpot-covered", "CORRECTION_UNCOVERED", { short: formatMinor(owed, currency), currency });
  }
  const movements = [
    { wallet: houseWallet(book, "JACKPOT", currency, code), available: amount },
    { wallet: cash, available: -covered },
  ];
  if (owed > 0n) movements.push({ wallet: walletOf(book, playerId, "RECEIVABLE", currency), available: -owed });
  const { id } = addTransaction(draft, "JACKPOT_WIN_REVERSAL", { playerId, reference: bet?.id ?? null }, movements);
  return { transactionId: id, bet, playerId, currency, code, amount: -amount };
}

/** All that was won from pools with a bet, as far as it was not taken back before. */
export function takeJackpots(
  book: Book,
  draft: Draft,
  bet: BetState,
  settled: SettledRollback,
): readonly JackpotPayment[] | Refused {
  const taken: JackpotPayment[] = [];
  for (const won of bet.jackpotWins) {
    if (won.amount <= 0n) continue;
    const payment = takeJackpot(book, draft, { ...bet, bet }, won, settled);
    if ("accepted" in payment) return payment;
    taken.push(payment);
  }
  return taken;
}
