/**
 * Where payouts were when: what the times of payouts are reported from. A step is a pure function of its event, as a fact
 * is, but moves no money: what a payout moved is told by the facts.
 */
import { parseId } from "../kernel/public-id.ts";
import { assert } from "../kernel/result.ts";
import type { DomainEvent } from "../ops/events.ts";
import { type Currency, isCurrency } from "../wallet/currency.ts";
import { parseAmount } from "../wallet/money.ts";

/** Numbers are stored and so never reused. */
export const payoutSteps = { REQUESTED: 1, APPROVED: 2, SUBMITTED: 3, PAID: 4, REJECTED: 5, RETURNED: 6 } as const;
export type PayoutStepName = keyof typeof payoutSteps;

export interface PayoutStep {
  /** The event's id names the step for ever. */
  readonly event: string;
  readonly payoutId: bigint;
  readonly step: PayoutStepName;
  /** ISO 8601 in UTC, to the millisecond. */
  readonly ts: string;
  readonly playerId: bigint;
  readonly currency: Currency;
  /** Minor units. */
  readonly amount: bigint;
  readonly method: string;
  readonly psp: string;
  /** Who said yes or no: `RULE`, `PEOPLE`, `STAFF` or `PLAYER`; empty where nobody had to. */
  readonly by: string;
}

const steps = {
  "payout.requested": "REQUESTED",
  "payout.approved": "APPROVED",
  "payout.submitted": "SUBMITTED",
  "payout.paid": "PAID",
  "payout.rejected": "REJECTED",
  "payout.returned": "RETURNED",
} as const satisfies Partial<Record<DomainEvent["event"], PayoutStepName>>;
type StepEvent = Extract<DomainEvent, { event: keyof typeof steps }>;

/** Undefined where the event is about no payout. */
export function payoutStepOf(event: DomainEvent): PayoutStep | undefined {
  if (!isStep(event)) return undefined;
  const [payoutId, playerId] = [parseId("payout", event.payoutId), parseId("player", event.playerId)];
  assert(payoutId !== undefined && playerId !== undefined, "an event of a payout names it and its player");
  assert(isCurrency(event.currency), `"${event.currency}" is a currency`);
  const amount = parseAmount(event.amount, event.currency);
  assert(amount.ok, `"${event.amount}" is an amount of ${event.currency}`);
  return {
    event: event.eventId,
    payoutId,
    step: steps[event.event],
    ts: event.ts,
    playerId,
    currency: event.currency,
    amount: amount.value,
    method: event.method,
    psp: event.psp,
    by: "by" in event ? event.by : "",
  };
}

function isStep(event: DomainEvent): event is StepEvent {
  return Object.hasOwn(steps, event.event);
}
