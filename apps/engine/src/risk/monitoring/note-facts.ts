/** Events into the facts that rules are judged by. The same event twice is one fact. */
import {
  addPlayMinutes,
  type CountedMinute,
  insertMoneyFacts,
  listCountedEvents,
  listEarlierSelections,
  listMinimumStakes,
  listPaymentInstruments,
  minuteKey,
  type NewMoneyFact,
} from "@pitboss/db/risk/fact-store";
import type { Executor } from "@pitboss/db/kernel/executor";
import { parseId } from "@pitboss/domain/kernel/public-id";
import { assert } from "@pitboss/domain/kernel/result";
import type { DomainEvent } from "@pitboss/domain/ops/events";
import { areOpposite } from "@pitboss/domain/risk/monitoring/judge-play";
import type { MoneyFactKind } from "@pitboss/domain/risk/monitoring/monitoring-facts";
import { type Currency, isCurrency } from "@pitboss/domain/wallet/currency";
import { parseAmount } from "@pitboss/domain/wallet/money";

const minuteMs = 60_000;

const moneyEvents = {
  "deposit.credited": "DEPOSIT",
  "payout.held": "PAYOUT",
  "payout.released": "PAYOUT_BACK",
  "chargeback.booked": "CHARGEBACK",
} as const satisfies Partial<Record<DomainEvent["event"], MoneyFactKind>>;

type MoneyEvent = Extract<DomainEvent, { event: keyof typeof moneyEvents }>;
type PlayEvent = Extract<DomainEvent, { event: "bet.placed" | "bet.voided" | "bet.rolled_back" }>;

/** Whose facts changed, and from when to when, ms. */
export interface Touched {
  readonly money: ReadonlyMap<bigint, TouchedSpan>;
  readonly play: ReadonlyMap<bigint, TouchedSpan>;
}
export interface TouchedSpan {
  readonly fromMs: number;
  readonly toMs: number;
}

export async function noteFacts(tx: Executor, events: readonly DomainEvent[]): Promise<Touched> {
  const money = await noteMoney(tx, events.filter(isMoneyEvent));
  const play = await notePlay(tx, events.filter(isPlayEvent));
  return { money, play };
}

function isMoneyEvent(event: DomainEvent): event is MoneyEvent {
  return event.event in moneyEvents;
}

function isPlayEvent(event: DomainEvent): event is PlayEvent {
  return event.event === "bet.placed" || event.event === "bet.voided" || event.event === "bet.rolled_back";
}

async function noteMoney(tx: Executor, events: readonly MoneyEvent[]): Promise<Map<bigint, TouchedSpan>> {
  const touched = new Map<bigint, TouchedSpan>();
  if (events.length === 0) return touched;
  const instruments = await listPaymentInstruments(tx, events.map(transactionOf));
  const facts = events.map((event): NewMoneyFact => {
    const playerId = playerOf(event);
    const atMs = Date.parse(event.ts);
    const over = instruments.get(transactionOf(event));
    const currency = currencyOf(event.currency);
    touch(touched, playerId, atMs);
    return {
      id: event.eventId,
      playerId,
      atMs,
      kind: moneyEvents[event.event],
      currency,
      amount: minorOf(event.amount, currency),
      instrument: over?.instrument ?? null,
      method: over?.method ?? null,
    };
  });
  await insertMoneyFacts(tx, facts);
  return touched;
}

async function notePlay(tx: Executor, events: readonly PlayEvent[]): Promise<Map<bigint, TouchedSpan>> {
  const touched = new Map<bigint, TouchedSpan>();
  if (events.length === 0) return touched;
  const firstMs = Math.min(...events.map(minuteOf));
  const counted = await listCountedEvents(tx, [...new Set(events.map(playerOf))], new Date(firstMs));
  const fresh = events.filter((event) => {
    const last = counted.get(minuteKey(playerOf(event), minuteOf(event), event.currency));
    return last === undefined || numberOf(event) > last;
  });
  const look = await lookAtBets(tx, fresh);
  const minutes = new Map<string, CountedMinute>();
  for (const event of fresh) {
    const playerId = playerOf(event);
    const atMs = minuteOf(event);
    const currency = currencyOf(event.currency);
    const key = minuteKey(playerId, atMs, currency);
    const empty = { playerId, atMs, currency, bets: 0, staked: 0n, voided: 0, minimum: 0, opposite: 0, lastEvent: 0n };
    minutes.set(key, countEvent(minutes.get(key) ?? empty, event, look));
    touch(touched, playerId, atMs);
  }
  await addPlayMinutes(tx, [...minutes.values()]);
  return touched;
}

interface BetLook {
  readonly isMinimum: (event: PlayEvent) => boolean;
  readonly isOpposite: (event: PlayEvent) => boolean;
}

/** What an event does not say by itself: the smallest stake of its game, and what else was bet in the round. */
async function lookAtBets(tx: Executor, events: readonly PlayEvent[]): Promise<BetLook> {
  const placed = events.filter((event) => event.event === "bet.placed");
  const limits = await listMinimumStakes(tx, [...new Set(placed.map(({ gameId }) => gameId))]);
  // Most bets are on one thing that has no opposite: only for the others the round is looked up.
  const sided = placed.filter(({ selection }) => selection.length > 0);
  const earlier = await listEarlierSelections(tx, sided.map(betOf));
  return {
    isMinimum: (event) => {
      if (event.event !== "bet.placed" || !isCurrency(event.currency)) return false;
      const min = limits.get(event.gameId)?.[event.currency]?.min;
      if (min === undefined) return false;
      const least = parseAmount(min, event.currency);
      return least.ok && minorOf(event.stake, event.currency) <= least.value;
    },
    isOpposite: (event) => {
      if (event.event !== "bet.placed" || event.selection.length === 0) return false;
      const before = (earlier.get(betOf(event)) ?? []).flat();
      // A round counts once: with the bet that made it so.
      return areOpposite([...before, ...event.selection]) && !areOpposite(before);
    },
  };
}

function countEvent(minute: CountedMinute, event: PlayEvent, look: BetLook): CountedMinute {
  const lastEvent = numberOf(event) > minute.lastEvent ? numberOf(event) : minute.lastEvent;
  if (event.event !== "bet.placed") return { ...minute, voided: minute.voided + 1, lastEvent };
  return {
    ...minute,
    bets: minute.bets + 1,
    staked: minute.staked + minorOf(event.stake, minute.currency),
    minimum: minute.minimum + (look.isMinimum(event) ? 1 : 0),
    opposite: minute.opposite + (look.isOpposite(event) ? 1 : 0),
    lastEvent,
  };
}

function touch(touched: Map<bigint, TouchedSpan>, playerId: bigint, atMs: number): void {
  const span = touched.get(playerId);
  touched.set(playerId, {
    fromMs: Math.min(span?.fromMs ?? atMs, atMs),
    toMs: Math.max(span?.toMs ?? atMs, atMs),
  });
}

function playerOf({ playerId }: DomainEvent): bigint {
  return readId("player", playerId);
}

function betOf({ betId }: PlayEvent): bigint {
  return readId("bet", betId);
}

function transactionOf({ transactionId }: MoneyEvent): bigint {
  return readId("transaction", transactionId);
}

function readId(kind: "player" | "bet" | "transaction" | "event", text: string): bigint {
  const id = parseId(kind, text);
  assert(id !== undefined, `an event names a ${kind}`);
  return id;
}

/** Events of bets come of transactions, whose numbers rise with each player's time. */
function numberOf({ eventId }: PlayEvent): bigint {
  return readId("event", eventId.split(".")[0] ?? "");
}

function minuteOf({ ts }: PlayEvent): number {
  return Math.floor(Date.parse(ts) / minuteMs) * minuteMs;
}

function currencyOf(text: string): Currency {
  assert(isCurrency(text), "an event names a currency of the house");
  return text;
}

function minorOf(amount: string, currency: Currency): bigint {
  const minor = parseAmount(amount, currency);
  assert(minor.ok, "an event's amount has its currency's decimals");
  return minor.value;
}
