/** What a dialect is: how its provider proves itself, its addresses, and its words for what the engine says. */
import { type ErrorCode, errorRow } from "@pitboss/domain/kernel/errors";
import type { Failure } from "@pitboss/domain/kernel/result";
import type { ProviderPolicy } from "@pitboss/domain/gaming/provider-policy";
import type { IncomingHttpHeaders } from "node:http";
import type { FreeSpinsWire } from "./free-spins-wire.ts";
import type { ProviderWallet } from "./provider-wallet.ts";

export interface WireRequest {
  /** The path below the provider's own address, as in `transaction/bet`. */
  readonly operation: string;
  /** The bytes as they came: a signature is over them and nothing else. */
  readonly raw: Buffer;
  readonly headers: IncomingHttpHeaders;
  readonly query: Readonly<Record<string, unknown>>;
}

export interface WireAnswer {
  readonly status: number;
  /** JSON text. */
  readonly body: string;
  /** For the counts: OK, REPEATED, or the engine's code of what went wrong, whatever the dialect calls it. */
  readonly code: string;
}

export interface DialectCall {
  readonly request: WireRequest;
  /** The body, its numbers as they were written. */
  readonly body: unknown;
  readonly wallet: ProviderWallet;
}

export interface Credential {
  readonly kind: "PUBLIC_KEY" | "SECRET";
  readonly secret: Buffer;
}

export interface Dialect {
  readonly code: string;
  readonly title: string;
  readonly credential: Credential["kind"];
  /** Where the wire itself has no signature, what stands for it is known to the caller and shown in no log. */
  readonly policy: Partial<ProviderPolicy>;
  /** By path; each is called by POST. */
  readonly operations: Readonly<Record<string, (call: DialectCall) => Promise<WireAnswer>>>;
  /** True where the request is proven by this credential. Compares in constant time. */
  proves(
    request: WireRequest,
    credential: Credential,
    at: { readonly nowMs: number; readonly toleranceMs: number },
  ): boolean;
  /** Where the house can issue free spins with its provider. */
  readonly freeSpins?: FreeSpinsWire;
  /** The refusal in the dialect's words. `body` is undefined where it was not read. */
  refuse(failure: Failure, body: unknown): WireAnswer;
}

/** The engine's codes that a provider meets by itself. The table of a dialect has a row for each. */
export const wireCodes = [
  "BODY_MALFORMED",
  "REQUEST_INVALID",
  "SIGNATURE_INVALID",
  "NOT_ALLOWED",
  "ROUTE_NOT_FOUND",
  "TOKEN_INVALID",
  "SESSION_ENDED",
  "PLAYER_NOT_FOUND",
  "PLAYER_BLOCKED",
  "COUNTRY_CLOSED",
  "PROVIDER_PAUSED",
  "GAME_NOT_FOUND",
  "GAME_DISABLED",
  "CURRENCY_UNKNOWN",
  "CURRENCY_MISMATCH",
  "AMOUNT_INVALID",
  "FUNDS_INSUFFICIENT",
  "STAKE_BELOW_MIN",
  "STAKE_ABOVE_MAX",
  "ROUND_CLOSED",
  "REQUEST_REUSED",
  "BET_NOT_FOUND",
  "BET_ROLLED_BACK",
  "BET_ALREADY_SETTLED",
  "BET_ALREADY_VOIDED",
  "BET_OF_OTHER_ROUND",
  "CORRECTION_UNCOVERED",
] as const satisfies readonly ErrorCode[];
export type WireCode = (typeof wireCodes)[number];

/**
 * A dialect's words for the engine's codes. A dialect may have words of its own for rules of the house beyond those that
 * every table names; all others find their place by what they say of themselves.
 */
export type WireTable<T> = Readonly<Record<WireCode, T>> &
  Readonly<Partial<Record<ErrorCode, T>>> & {
    /** Passes by itself: the same request again can succeed. */
    readonly passing: T;
    /** A rule of the house refused, which no row names. */
    readonly refused: T;
  };

export function wordFor<T>(table: WireTable<T>, code: ErrorCode): T {
  if (Object.hasOwn(table, code)) return table[code as WireCode];
  return errorRow(code).retry ? table.passing : table.refused;
}
