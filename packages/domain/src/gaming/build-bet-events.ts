/** The events that a bet's transactions tell. */
import { canonicalJson, type JsonValue } from "../kernel/json.ts";
import { formatId, parseId } from "../kernel/public-id.ts";
import { assert } from "../kernel/result.ts";
import type { EventStamp } from "../ops/build-events.ts";
import type { CommittedBet, CommittedTransaction, CommittedTransition, EventFacts } from "../ops/committed-batch.ts";
import type { DomainEvent, EventOf } from "../ops/events.ts";
import { formatMinor } from "../wallet/money.ts";
import { houseWinEvent, isHouseWin } from "./build-house-events.ts";

export interface BetEvents {
  take(transaction: CommittedTransaction, stamp: EventStamp): void;
  /** Ends a settlement that is still being collected. */
  flush(): void;
}

/** A settlement in the making: the results of one command, in one currency and game. */
interface Settlement {
  readonly stamp: EventStamp;
  readonly firstId: bigint;
  readonly results: { readonly bet: CommittedBet; readonly step: Step }[];
}

/** A transition with what it paid by itself; rows keep sums. */
interface Step {
  readonly transition: CommittedTransition;
  readonly paidCash: bigint;
  readonly paidBonus: bigint;
  readonly before: { readonly cash: bigint; readonly bonus: bigint };
}

/**
 * Collects the transactions of a batch in the order of their ids. The results of one settlement stand beside each other
 * and carry the same request; they become one event for each currency and game.
 */
export function startBetEvents(facts: EventFacts, emit: (event: DomainEvent) => void): BetEvents {
  let command: string | undefined;
  let commandFirstId = 0n;
  let settlements = new Map<string, Settlement>();

  function flush(): void {
    for (const settlement of settlements.values()) emit(settledEvent(settlement, commandFirstId, facts));
    settlements = new Map();
    command = undefined;
  }

  function collect(transaction: CommittedTransaction, stamp: EventStamp, bet: CommittedBet, step: Step): void {
    const { requestId, traceId, playerId, actor, id } = transaction;
    const key = canonicalJson([requestId, traceId, `${playerId}`, actor, bet.roundRef]);
    if (key !== command) {
      flush();
      command = key;
      commandFirstId = id;
    }
    const part = `${bet.currency} ${bet.gameId}`;
    const settlement = settlements.get(part);
    if (settlement === undefined) settlements.set(part, { stamp, firstId: id, results: [{ bet, step }] });
    else settlement.results.push({ bet, step });
  }

  return {
    flush,
    take(transaction, stamp) {
      if (isHouseWin(transaction)) {
        flush();
        emit(houseWinEvent(transaction, stamp, facts));
        return;
      }
      // The payout is told by the settlement that stands before it, unless it is a further win of a settled bet.
      if (transaction.type === "PAYOUT" && !isOwnStep(transaction, facts)) return;
      const bet = betOf(transaction.reference ?? transaction.id, facts);
      if (transaction.type === "HOLD") {
        flush();
        emit(placedEvent(bet, transaction, stamp, facts));
        return;
      }
      const step = stepOf(transaction, facts);
      if (transaction.type === "CORRECTION") {
        // Also one to VOID: the bet had been settled, and what it paid changes.
        flush();
        emit(correctedEvent(bet, step, transaction, stamp, facts));
      } else if (step.transition.outcome === "VOID" || step.transition.outcome === "ROLLED_BACK") {
        flush();
        emit(givenBackEvent(bet, step, transaction, stamp, facts));
      } else {
        collect(transaction, stamp, bet, step);
      }
    },
  };
}

function placedEvent(
  bet: CommittedBet,
  transaction: CommittedTransaction,
  stamp: EventStamp,
  facts: EventFacts,
): EventOf<"bet.placed"> {
  const betId = formatId("bet", bet.id);
  const { selection } = bet;
  return {
    event: "bet.placed",
    version: 1,
    ...stamp,
    subject: betId,
    betId,
    ...placeOf(bet, facts),
    stake: formatMinor(bet.stake, bet.currency),
    bonus: bonusOf(bet, bet.bonusPart),
    balanceAfter: formatMinor(bet.balanceAfter, bet.currency),
    selection: Array.isArray(selection) ? (selection as JsonValue[]) : [],
    sessionId: bet.sessionId === null ? null : formatId("session", bet.sessionId),
    requestId: transaction.requestId,
  };
}

function settledEvent(
  { stamp, results }: Settlement,
  commandFirstId: bigint,
  facts: EventFacts,
): EventOf<"round.settled"> {
  const [first] = results;
  assert(first !== undefined, "a settlement has a result");
  const { bet } = first;
  const late = results.some(({ step }) => step.transition.late);
  const closed = bet.round !== undefined && bet.round.closedBy === commandFirstId;
  const bonus = results.filter(({ step }) => step.transition.settledBonus !== 0n || step.paidBonus !== 0n);
  const money = (minor: bigint): string => formatMinor(minor, bet.currency);
  return {
    event: "round.settled",
    version: 1,
    ...stamp,
    subject: bet.roundRef,
    roundId: bet.roundRef,
    bets: results.map(({ bet: { id }, step: { transition, paidCash, paidBonus } }) => ({
      betId: formatId("bet", id),
      outcome: settledOutcome(transition),
      stake: money(transition.settledCash + transition.settledBonus),
      payout: money(paidCash + paidBonus),
    })),
    ...gameOf(bet, facts),
    currency: bet.currency,
    roundStatus: closed ? "CLOSED" : late ? "LATE_CREDITED" : "OPEN",
    late,
    ...(bonus.length === 0
      ? {}
      : {
          bonus: bonus.map(({ bet: { id, grant }, step: { transition, paidBonus } }) => ({
            betId: formatId("bet", id),
            grant: grant ?? "",
            stake: money(transition.settledBonus),
            payout: money(paidBonus),
          })),
        }),
  };
}

function givenBackEvent(
  bet: CommittedBet,
  { transition }: Step,
  transaction: CommittedTransaction,
  stamp: EventStamp,
  facts: EventFacts,
): EventOf<"bet.voided"> | EventOf<"bet.rolled_back"> {
  const betId = formatId("bet", bet.id);
  const common = {
    version: 1 as const,
    ...stamp,
    subject: betId,
    betId,
    ...placeOf(bet, facts),
    released: formatMinor(transition.settledCash + transition.settledBonus, bet.currency),
    bonus: bonusOf(bet, transition.settledBonus),
  };
  const { requestId } = transaction;
  if (transition.outcome === "ROLLED_BACK") return { event: "bet.rolled_back", ...common, requestId };
  return { event: "bet.voided", ...common, reason: reasonOf(transaction), requestId };
}

function correctedEvent(
  bet: CommittedBet,
  step: Step,
  transaction: Pick<CommittedTransaction, "details" | "requestId">,
  stamp: EventStamp,
  facts: EventFacts,
): EventOf<"bet.corrected"> {
  const { transition, before } = step;
  const betId = formatId("bet", bet.id);
  const money = (minor: bigint): string => formatMinor(minor, bet.currency);
  const { outcome } = transition;
  assert(outcome !== null && outcome !== "ROLLED_BACK", "a correction gives a bet an outcome");
  return {
    event: "bet.corrected",
    version: 1,
    ...stamp,
    subject: betId,
    betId,
    ...placeOf(bet, facts),
    outcome,
    stake: money(bet.stake),
    payoutBefore: money(before.cash + before.bonus),
    payout: money(transition.paidCash + transition.paidBonus),
    bonus:
      bet.grant === null
        ? null
        : { grant: bet.grant, payoutBefore: money(before.bonus), payout: money(transition.paidBonus) },
    reason: reasonOf(transaction),
    requestId: transaction.requestId,
  };
}

/** A correction of the outcome alone moves no money, so that its batch notes only which transition it was. */
export function buildBetCorrectedWithoutMoney(
  stored: Readonly<Record<string, JsonValue>>,
  stamp: Pick<EventStamp, "eventId" | "ts">,
  facts: EventFacts,
): EventOf<"bet.corrected"> {
  const id = parseId("bet", textAt(stored, "betId"));
  assert(id !== undefined, "a correction names its bet");
  const step = stepAt(id, (transition) => transition.number === stored["transition"], facts);
  const requestId = typeof stored["requestId"] === "string" ? stored["requestId"] : null;
  const details = { reason: stored["reason"] ?? null };
  const full = { ...stamp, traceId: textAt(stored, "traceId"), playerId: textAt(stored, "playerId") };
  return correctedEvent(betOf(id, facts), step, { details, requestId }, full, facts);
}

function placeOf(bet: CommittedBet, facts: EventFacts) {
  return { roundId: bet.roundRef, ...gameOf(bet, facts), currency: bet.currency };
}

function gameOf(bet: CommittedBet, facts: EventFacts): { gameId: string; provider: string } {
  const game = facts.games.get(bet.gameId);
  assert(game !== undefined, `there is a game with the number ${bet.gameId}`);
  return { gameId: game.code, provider: game.provider };
}

function bonusOf(bet: CommittedBet, part: bigint): { grant: string; amount: string } | null {
  return bet.grant === null || part === 0n ? null : { grant: bet.grant, amount: formatMinor(part, bet.currency) };
}

function betOf(id: bigint, facts: EventFacts): CommittedBet {
  const bet = facts.bets.get(id);
  assert(bet !== undefined, `there is a bet with the number ${id}`);
  return bet;
}

function isOwnStep({ id, reference }: CommittedTransaction, facts: EventFacts): boolean {
  return facts.transitions.get(reference ?? 0n)?.some(({ transactionId }) => transactionId === id) === true;
}

function stepOf({ id, reference }: CommittedTransaction, facts: EventFacts): Step {
  return stepAt(reference ?? 0n, (transition) => transition.transactionId === id, facts);
}

function stepAt(betId: bigint, isIt: (transition: CommittedTransition) => boolean, facts: EventFacts): Step {
  const transitions = facts.transitions.get(betId) ?? [];
  const index = transitions.findIndex(isIt);
  const transition = transitions[index];
  assert(transition !== undefined, `the bet ${betId} has the transition that its transaction made`);
  const before = transitions[index - 1];
  const [cash, bonus] = [before?.paidCash ?? 0n, before?.paidBonus ?? 0n];
  return {
    transition,
    paidCash: transition.paidCash - cash,
    paidBonus: transition.paidBonus - bonus,
    before: { cash, bonus },
  };
}

function settledOutcome({ outcome }: CommittedTransition): "WIN" | "LOSE" | "PUSH" {
  assert(outcome === "WIN" || outcome === "LOSE" || outcome === "PUSH", "a settlement wins, loses or pushes");
  return outcome;
}

function textAt(stored: Readonly<Record<string, JsonValue>>, field: string): string {
  const value = stored[field];
  assert(typeof value === "string", `an event is stored with its ${field}`);
  return value;
}

function reasonOf({ details }: Pick<CommittedTransaction, "details">): string | null {
  if (details === null || typeof details !== "object" || Array.isArray(details)) return null;
  const { reason } = details as Readonly<Record<string, JsonValue>>;
  return typeof reason === "string" ? reason : null;
}
