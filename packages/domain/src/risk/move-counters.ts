/**
 * Moves a player's counters and clock with each accepted command. A bet counts at the time at which it was placed, and what
 * comes of it later moves that same count: a void takes the stake back out, a payout lowers the loss. So a counter is
 * always what the ledger says of the bets in its window, and can be made from the ledger at any time.
 */
import type { Accepted, BankPlay, BetState, BetTransition, Book } from "../wallet/book.ts";
import { transactionTimeMs } from "../wallet/transaction-id.ts";
import { sessionRuns } from "./gate.ts";
import { count, emptyState, type Gate, type GateState, type PlayClock } from "./gate-state.ts";
import type { Pack } from "./jurisdiction-pack.ts";

/** Before the decision is recorded: what it changes is told from what the bets were. */
export function moveCounters(book: Book, decision: Accepted): void {
  const { gate } = book;
  if (gate === undefined) return;
  if (decision.placed !== undefined) countPlaced(book, gate, decision.placed.bet);
  if (decision.bankPlay !== undefined) countBankPlay(gate, decision.bankPlay, transactionTimeMs(book.nextId));
  for (const transition of decision.transitions ?? []) {
    const state = gate.states.get(transition.bet.playerId);
    if (state !== undefined && state.limits.length > 0)
      countTransition(state, transition, transactionTimeMs(book.nextId));
  }
}

function countPlaced(book: Book, gate: Gate, bet: BetState): void {
  const atMs = transactionTimeMs(bet.id);
  const pack = gate.packs.of(book.players.get(bet.playerId)?.country ?? "", atMs);
  const found = gate.states.get(bet.playerId);
  if (!keepsCount(pack, found)) return;
  const state = found ?? emptyState(bet.playerId);
  if (found === undefined) gate.states.set(bet.playerId, state);
  const playedMs = sessionRuns(state.clock, pack, atMs) ? BigInt(atMs - state.clock.lastMs) : 0n;
  for (const limit of state.limits) {
    const amount = limit.kind === "SESSION" ? playedMs : limit.kind === "WAGER" ? bet.stake : bet.cashPart;
    if (limit.kind === "SESSION" || limit.currency === bet.currency) {
      count(limit, { net: amount, gross: amount }, atMs, atMs);
    }
  }
  const category = book.games.get(bet.gameId)?.category;
  state.clock = moveClock(state.clock, pack, atMs, category !== undefined && pack.speedMs.has(category));
  state.changed = true;
}

/** Whether anything of this player asks for a count of bets. */
function keepsCount(pack: Pack, state: GateState | undefined): boolean {
  if (pack.keepsClock) return true;
  return state !== undefined && (state.limits.length > 0 || state.realityCheckMs !== null);
}

function moveClock(clock: PlayClock | null, pack: Pack, atMs: number, timed: boolean): PlayClock {
  const spinMs = timed ? atMs : (clock?.spinMs ?? null);
  if (!sessionRuns(clock, pack, atMs)) return { startedMs: atMs, lastMs: atMs, checkedMs: atMs, spinMs };
  return { ...clock, lastMs: atMs, spinMs };
}

function countTransition(state: GateState, transition: BetTransition, nowMs: number): void {
  const { bet } = transition;
  const voided = transition.status === "VOIDED";
  const unstaked = voided ? transition.settledCash + transition.settledBonus : 0n;
  const lostBefore = bet.cashPart - bet.paidCash;
  const lostAfter = bet.cashPart - transition.paidCash - (voided ? transition.settledCash : 0n);
  const lost = { net: lostAfter - lostBefore, gross: atLeastZero(lostAfter) - atLeastZero(lostBefore) };
  for (const limit of state.limits) {
    if (limit.currency !== bet.currency) continue;
    const change = limit.kind === "WAGER" ? { net: -unstaked, gross: -unstaked } : lost;
    count(limit, change, transactionTimeMs(bet.id), nowMs);
  }
  state.changed = true;
}

/**
 * Play in a provider's own wallet counts when money comes back, and the provider says what is left: its bets are not known
 * to the house. What was lost is also the least that can have been staked.
 */
function countBankPlay(gate: Gate, { playerId, currency, won }: BankPlay, atMs: number): void {
  const state = gate.states.get(playerId);
  if (state === undefined || state.limits.length === 0) return;
  const lost = atLeastZero(-won);
  for (const limit of state.limits) {
    if (limit.currency !== currency) continue;
    count(limit, limit.kind === "WAGER" ? { net: lost, gross: lost } : { net: -won, gross: lost }, atMs, atMs);
  }
  state.changed = true;
}

function atLeastZero(amount: bigint): bigint {
  return amount < 0n ? 0n : amount;
}
