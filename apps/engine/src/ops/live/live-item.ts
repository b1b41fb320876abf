/** What a live view shows of one thing that happened: a line with a link, and the permission that it takes to see it. */
import type { Permission } from "@pitboss/domain/identity/permissions";
import { type DomainEvent, type EventName, eventsOfTransaction } from "@pitboss/domain/ops/events";
import { type Currency, isCurrency } from "@pitboss/domain/wallet/currency";
import { formatMinor, parseAmount } from "@pitboss/domain/wallet/money";

export type LiveKind = "bet" | "money" | "sign-in" | "staff";

export interface LiveItem {
  /** Names what happened for ever: an event, an audit entry, an attempt. */
  readonly id: string;
  /** ISO instant, UTC. */
  readonly at: string;
  readonly kind: LiveKind;
  /** An event's name, an audit action, or a sign-in's outcome. */
  readonly what: string;
  readonly playerId: string | null;
  /** The player's nickname, or the name of the member of staff. */
  readonly who: string | null;
  /** The game's code. */
  readonly gameId: string | null;
  readonly outcome: string | null;
  /** Decimal string. */
  readonly amount: string | null;
  readonly currency: string | null;
  readonly link: { readonly kind: "bet" | "transaction" | "player" | "audit"; readonly id: string };
}

export const permissionOfKind = {
  bet: "bet.read",
  money: "ledger.read",
  "sign-in": "player.read",
  staff: "audit.read",
} as const satisfies Record<LiveKind, Permission>;

const betEvents: ReadonlySet<EventName> = new Set<EventName>([
  "bet.placed",
  "round.settled",
  "bet.voided",
  "bet.rolled_back",
  "bet.corrected",
  "bet.denied",
]);
/**
 * What the ledger tells, and what its rules refused. All else has a page of its own: what is verified of players, what keeps
 * them from play, how deposits and payouts come along without moving money.
 */
const told: ReadonlySet<EventName> = new Set<EventName>([
  ...Object.values(eventsOfTransaction).flat(),
  "bet.denied",
  "wallet.denied",
]);

/** Undefined for what a live view leaves out. `who` is found later, for many at once. */
export function itemOfEvent(event: DomainEvent): LiveItem | undefined {
  if (!told.has(event.event)) return undefined;
  const base = {
    id: event.eventId,
    at: event.ts,
    what: event.event,
    playerId: event.playerId,
    who: null,
    gameId: "gameId" in event ? event.gameId : null,
    currency: "currency" in event ? event.currency : null,
    outcome: null,
    amount: null,
  };
  if (!betEvents.has(event.event)) {
    const link =
      "transactionId" in event
        ? ({ kind: "transaction", id: event.transactionId } as const)
        : ({ kind: "player", id: event.playerId } as const);
    return { ...base, kind: "money", amount: "amount" in event ? event.amount : null, link };
  }
  return { ...base, kind: "bet", ...betFacts(event) };
}

function betFacts(event: DomainEvent): Pick<LiveItem, "outcome" | "amount" | "link"> {
  const betLink = (id: string) => ({ kind: "bet", id }) as const;
  switch (event.event) {
    case "bet.placed":
      return { outcome: null, amount: event.stake, link: betLink(event.betId) };
    case "bet.voided":
    case "bet.rolled_back":
      return { outcome: null, amount: event.released, link: betLink(event.betId) };
    case "bet.corrected":
      return { outcome: event.outcome, amount: event.payout, link: betLink(event.betId) };
    case "round.settled": {
      const [first, ...more] = event.bets;
      const outcomes = new Set(event.bets.map(({ outcome }) => outcome));
      return {
        // A round of several bets is told as won where any of them won.
        outcome: outcomes.has("WIN") ? "WIN" : (first?.outcome ?? null),
        amount: more.length === 0 ? (first?.payout ?? null) : sum(event.bets, event.currency),
        link: betLink(first?.betId ?? event.subject),
      };
    }
    case "bet.denied":
      return { outcome: event.code, amount: null, link: { kind: "player", id: event.playerId } };
    default:
      return { outcome: null, amount: null, link: { kind: "player", id: event.playerId } };
  }
}

function sum(bets: readonly { readonly payout: string }[], currency: string): string | null {
  if (!isCurrency(currency)) return null;
  let total = 0n;
  for (const { payout } of bets) {
    const minor = parseAmount(payout, currency satisfies Currency);
    if (minor.ok) total += minor.value;
  }
  return formatMinor(total, currency);
}
