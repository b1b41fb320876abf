/** What a provider does to a wallet, in words that no dialect owns; a speaker puts it on the wire and reads what comes back. */
import type { Currency } from "@pitboss/domain/wallet/currency";

export const wireDialects = ["hub88", "softswiss", "evolution", "signed-json"] as const;
export type WireDialect = (typeof wireDialects)[number];

/** How a step should end. What a dialect says then stands in its words. */
export type Outcome =
  | "OK"
  | "REPEAT_BET"
  | "REPEAT_WIN"
  | "REPEAT_ROLLBACK"
  | "DUPLICATE"
  | "ROLLBACK_OF_UNKNOWN"
  | "BET_AFTER_ROLLBACK"
  | "WIN_AFTER_ROLLBACK"
  | "NO_BET"
  | "ALREADY_SETTLED"
  | "ROUND_CLOSED"
  | "FUNDS"
  | "STAKE_SMALL"
  | "STAKE_LARGE"
  | "AMOUNT"
  | "SESSION_ENDED"
  | "SESSION_UNKNOWN"
  | "BLOCKED"
  | "SIGNATURE"
  | "CURRENCY"
  | "CURRENCY_UNKNOWN"
  | "GAME"
  | "PLAYER"
  | "SYNTAX"
  | "INCOMPLETE";

export interface Who {
  readonly playerId: string;
  readonly session: string;
}

interface Money {
  readonly id: string;
  readonly round: string;
  /** Minor units of the scene's currency. */
  readonly amount: bigint;
  readonly currency?: string;
  readonly game?: string;
  /** The amount as it stands on the wire, where it is to be one that no ledger holds. */
  readonly rawAmount?: string | ((currency: Currency) => string);
}

export type Action =
  | { readonly do: "balance"; readonly currency?: string }
  | ({ readonly do: "bet"; readonly free?: boolean } & Money)
  | ({ readonly do: "win"; readonly bet: string; readonly close?: boolean; readonly free?: boolean } & Money)
  | {
      readonly do: "rollback";
      readonly id: string;
      readonly of: string;
      readonly round: string;
      readonly amount: bigint;
    }
  /** Something that this dialect alone has. */
  | { readonly do: "call"; readonly path: string; readonly body: (who: Who, scene: Scene) => object };

export interface Scene {
  readonly game: string;
  readonly currency: Currency;
  /** Makes a name that no other run has used. */
  readonly named: (name: string) => string;
}

export interface Wire {
  readonly path: string;
  readonly body: string;
}

export interface Signed extends Wire {
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface Heard {
  /** The dialect's word for what happened. */
  readonly verdict: string;
  /** The balance in the answer, minor units; null where it says none. */
  readonly balance: bigint | null;
  /** The house's own references of what was done, where the dialect returns them. */
  readonly references: readonly string[];
}

export interface Speaker {
  readonly dialect: WireDialect;
  readonly words: Readonly<Record<Outcome, string>>;
  say(action: Action, who: Who, scene: Scene): Wire;
  /** Proves the body to be the provider's; with another `secret` it does not. */
  sign(wire: Wire, secret: string): Signed;
  /** `currency` is what the balance is told in: answers say it in their own units. */
  hear(status: number, body: unknown, currency: Currency): Heard;
  /** Whether a house refuses bets in this word for reasons of its own, such as a pause or a player's limit. */
  mayRefuse(verdict: string): boolean;
  /** A repeat of what was done tells the balance of the first answer, or the one of now. */
  readonly repeatTells: "FIRST" | "NOW";
}

export function rawAmountOf({ rawAmount }: Pick<Money, "rawAmount">, currency: Currency): string | undefined {
  return typeof rawAmount === "function" ? rawAmount(currency) : rawAmount;
}

/** A field of an answer, where the answer is an object. */
export function field(body: unknown, name: string): unknown {
  return body !== null && typeof body === "object" ? (body as Record<string, unknown>)[name] : undefined;
}

export function textOf(value: unknown): string {
  return typeof value === "string" ? value : typeof value === "number" ? String(value) : "";
}
