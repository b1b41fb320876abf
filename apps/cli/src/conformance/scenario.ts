/** A scenario: a player with 10,000 minor units (100.00 in most currencies), and what a provider sends one after the other, with what must come back. */
import { currencies, type Currency, exponentOf, isCurrency } from "@pitboss/domain/wallet/currency";
import type { Action, Outcome, WireDialect } from "@pitboss/wires/speak";

/** One for all dialects, or each its own. */
export type PerDialect<T> = T | Readonly<Record<WireDialect, T>>;

export interface Step {
  readonly action: Action;
  /** Whose session and name the call carries. */
  readonly as?: "player" | "other" | "blocked" | "stranger" | "unknown-session";
  /** What is done to the request on its way, or to the player before it. */
  readonly twist?:
    | "wrong-secret"
    | "unsigned"
    | "changed-body"
    | "broken-json"
    | "end-session"
    | "block-player"
    | "more-fields"
    | "fewer-fields";
  readonly expect: PerDialect<Outcome>;
  /** The player's money afterwards, held stakes left out, in minor units. */
  readonly balance: PerDialect<bigint>;
  /** The house's references must be those of the step with this number, from 0. */
  readonly sameAs?: number;
}

export interface Scenario {
  readonly name: string;
  /** Where it is for some dialects alone. */
  readonly only?: readonly WireDialect[];
  readonly steps: readonly Step[];
}

export const purse = 10_000n;

export function forDialect<T>(value: PerDialect<T>, dialect: WireDialect): T {
  return value !== null && typeof value === "object" && dialect in value
    ? (value as Readonly<Record<WireDialect, T>>)[dialect]
    : (value as T);
}

/** Another currency, of as many decimals, so that nothing but the currency is wrong. */
function otherThan(currency: Currency): Currency {
  const all = Object.keys(currencies).filter(isCurrency);
  const alike = all.find((one) => one !== currency && exponentOf(one) === exponentOf(currency));
  return alike ?? (currency === "EUR" ? "USD" : "EUR");
}

/** The action with what depends on the currency that is played in. */
export function inCurrency(action: Action, currency: Currency): Action {
  if (action.do !== "bet" || action.currency !== "OTHER") return action;
  return { ...action, currency: otherThan(currency) };
}

export const bet = (id: string, amount: bigint, round = "r1"): Extract<Action, { do: "bet" }> => ({
  do: "bet",
  id,
  round,
  amount,
});

export const win = (
  id: string,
  of: string,
  amount: bigint,
  more: { readonly round?: string; readonly close?: boolean } = {},
): Extract<Action, { do: "win" }> => ({ do: "win", id, bet: of, amount, round: "r1", ...more });

export const rollback = (id: string, of: string, amount: bigint, round = "r1"): Action => ({
  do: "rollback",
  id,
  of,
  round,
  amount,
});

export const step = (
  action: Action,
  expect: PerDialect<Outcome>,
  balance: PerDialect<bigint>,
  more: Pick<Step, "as" | "twist" | "sameAs"> = {},
): Step => ({ action, expect, balance, ...more });
