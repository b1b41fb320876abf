/** What the laboratory does to a wallet, in words that no dialect owns; a speaker puts it on the wire as a provider would. */
export const labDialects = ["hub88", "softswiss", "evolution", "signed-json"] as const;
export type LabDialect = (typeof labDialects)[number];

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
  /** Minor units of a currency of two decimals. */
  readonly amount: bigint;
  readonly currency?: string;
  readonly game?: string;
  /** The amount as it stands on the wire, where it is to be one that no ledger holds. */
  readonly rawAmount?: string;
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
  readonly currency: string;
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
  readonly dialect: LabDialect;
  readonly words: Readonly<Record<Outcome, string>>;
  say(action: Action, who: Who, scene: Scene): Wire;
  /** Proves the body to be the provider's; with another `secret` it does not. */
  sign(wire: Wire, secret: string): Signed;
  hear(status: number, body: unknown): Heard;
}

/** A field of an answer, where the answer is an object. */
export function field(body: unknown, name: string): unknown {
  return body !== null && typeof body === "object" ? (body as Record<string, unknown>)[name] : undefined;
}

export function textOf(value: unknown): string {
  return typeof value === "string" ? value : typeof value === "number" ? String(value) : "";
}

/** A decimal of at most two places as minor units. */
export function centsOf(value: unknown): bigint | null {
  const match = /^(-?)([0-9]+)(?:\.([0-9]{1,2}))?$/.exec(textOf(value));
  if (match === null) return null;
  const [, sign = "", whole = "", fraction = ""] = match;
  const cents = BigInt(whole + fraction.padEnd(2, "0"));
  return sign === "-" ? -cents : cents;
}

export function decimalOf(cents: bigint): string {
  const digits = String(cents).padStart(3, "0");
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
