/** What a payout takes: on its own, one person, or two. The numbers are data by currency, from a date on. */
import type { Currency } from "../wallet/currency.ts";
import type { PayoutState } from "./payout-machine.ts";

/** Amounts in minor units of the policy's currency. */
export interface PayoutPolicy {
  readonly id: bigint;
  readonly currency: Currency;
  readonly minAmount: bigint;
  readonly maxAmount: bigint;
  /** Below this amount, and at a low risk, nobody has to look. */
  readonly autoBelow: bigint;
  /** From this amount on two different people have to say yes. */
  readonly twoFrom: bigint;
  /** A score below this is a low risk. */
  readonly lowRiskBelow: number;
  /** How many within 24 hours, and how much in all, before a person looks. */
  readonly mostADay: number;
  readonly dayAmount: bigint;
  /** How much of the last deposit has to be staked before it may leave without a look, per cent. */
  readonly turnoverPercent: number;
  /** How long a device or an instrument counts as new, hours. */
  readonly freshHours: number;
  /** From this amount on KYC level 2 is asked for; below it level 1. */
  readonly kycFrom: bigint;
  /** How long each stage may take, minutes. */
  readonly reviewMinutes: number;
  readonly secondMinutes: number;
  readonly sendMinutes: number;
  readonly paidMinutes: number;
}

export interface PayoutRoute {
  readonly event: "approveAuto" | "review";
  /** How many different people have to say yes; 0 where nobody has to. */
  readonly people: 0 | 1 | 2;
}

export interface RouteFacts {
  readonly amount: bigint;
  readonly score: number;
  /** True where a check stops it until something is mended. */
  readonly stopped: boolean;
}

export function routePayout(
  policy: Pick<PayoutPolicy, "autoBelow" | "twoFrom" | "lowRiskBelow">,
  facts: RouteFacts,
): PayoutRoute {
  const small = facts.amount < policy.autoBelow && facts.score < policy.lowRiskBelow;
  if (small && !facts.stopped) return { event: "approveAuto", people: 0 };
  return { event: "review", people: peopleFor(policy, facts.amount) };
}

/** How many people a payout takes once it is looked at. */
export function peopleFor({ twoFrom }: Pick<PayoutPolicy, "twoFrom">, amount: bigint): 1 | 2 {
  return amount >= twoFrom ? 2 : 1;
}

type Clocks = Pick<PayoutPolicy, "reviewMinutes" | "secondMinutes" | "sendMinutes" | "paidMinutes">;

/** How long a payout may stay where it is, minutes; undefined where nothing more is expected of it. */
export function stageMinutes(policy: Clocks, state: PayoutState): number | undefined {
  switch (state) {
    case "REQUESTED":
    case "CHECKING":
    case "KYT":
    case "TRAVEL_RULE":
    case "AUTO_APPROVED":
    case "APPROVED":
      return policy.sendMinutes;
    case "IN_REVIEW":
      return policy.reviewMinutes;
    case "FIRST_APPROVED":
      return policy.secondMinutes;
    case "SUBMITTED":
    case "UNKNOWN":
    case "BROADCAST":
    case "CONFIRMING":
      return policy.paidMinutes;
    case "PAID":
    case "REJECTED":
    case "RETURNED":
    case "CANCELLED":
      return undefined;
  }
}
