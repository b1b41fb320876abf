/**
 * Which provider is asked for a deposit by card, and which ones after it: rules that are data, and what is known of each provider
 * at the moment. A rule is its newest version that is in force; the first that fits decides. Where none fits the house's
 * own order of providers does.
 */
import type { Currency } from "../wallet/currency.ts";

export interface RoutingRule {
  readonly name: string;
  /** Lower ones are asked first; of equals the more particular one. */
  readonly priority: number;
  readonly method: "CARD";
  /** Null is any. */
  readonly country: string | null;
  readonly currency: Currency | null;
  /** Minor units of the currency, inclusive; only where the rule names one. */
  readonly minAmount: bigint | null;
  readonly maxAmount: bigint | null;
  /** Codes of providers in the order in which they are asked; none retires the rule. */
  readonly psps: readonly string[];
}

export interface RouteFacts {
  /** The player's, ISO 3166. */
  readonly country: string;
  readonly currency: Currency;
  readonly amount: bigint;
}

export interface PspStanding {
  readonly code: string;
  readonly paused: boolean;
  /** Whether its breaker lets a new payment through. */
  readonly mayTry: boolean;
  /** Whether the player's page has a token of it. */
  readonly hasToken: boolean;
}

export type LeftOutWhy = "PAUSED" | "BREAKER_OPEN" | "NO_TOKEN" | "NOT_SET_UP";

export interface Route {
  /** The rule that decided; null where it was the house's own order. */
  readonly rule: string | null;
  readonly psps: readonly string[];
  readonly leftOut: readonly { readonly psp: string; readonly why: LeftOutWhy }[];
}

/** `standings` in the house's own order. */
export function chooseRoute(
  rules: readonly RoutingRule[],
  facts: RouteFacts,
  standings: readonly PspStanding[],
): Route {
  const [rule] = rules
    .filter((one) => one.psps.length > 0 && fits(one, facts))
    .sort((a, b) => a.priority - b.priority || narrowness(b) - narrowness(a) || (a.name < b.name ? -1 : 1));
  const order = rule?.psps ?? standings.map(({ code }) => code);
  const known = new Map(standings.map((standing) => [standing.code, standing]));
  const psps: string[] = [];
  const leftOut: { psp: string; why: LeftOutWhy }[] = [];
  for (const psp of new Set(order)) {
    const why = whyNot(known.get(psp));
    if (why === undefined) psps.push(psp);
    else leftOut.push({ psp, why });
  }
  return { rule: rule?.name ?? null, psps, leftOut };
}

function whyNot(standing: PspStanding | undefined): LeftOutWhy | undefined {
  if (standing === undefined) return "NOT_SET_UP";
  if (!standing.hasToken) return "NO_TOKEN";
  if (standing.paused) return "PAUSED";
  return standing.mayTry ? undefined : "BREAKER_OPEN";
}

function fits(rule: RoutingRule, { country, currency, amount }: RouteFacts): boolean {
  return (
    (rule.country === null || rule.country === country) &&
    (rule.currency === null || rule.currency === currency) &&
    (rule.minAmount === null || amount >= rule.minAmount) &&
    (rule.maxAmount === null || amount <= rule.maxAmount)
  );
}

function narrowness({ country, currency, minAmount, maxAmount }: RoutingRule): number {
  return [country, currency, minAmount, maxAmount].filter((part) => part !== null).length;
}
