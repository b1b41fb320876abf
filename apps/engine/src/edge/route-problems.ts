/** Which failures a route can answer with, for its documentation. What every route of a kind has is added by itself. */
import type { ErrorCode } from "@pitboss/domain/kernel/errors";
import type { FastifySchema, RouteOptions } from "fastify";
import { guardRulesOf } from "./guard.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** Failures of this route beyond those that its form implies. */
    problems?: readonly ErrorCode[];
  }
}

/** Of every command that goes through the ledger's door. */
export const doorProblems = [
  "ID_INVALID",
  "PLAYER_NOT_FOUND",
  "REQUEST_REUSED",
  "OVERLOADED",
  "OUTCOME_UNKNOWN",
  "SHUTTING_DOWN",
] as const satisfies readonly ErrorCode[];

/** Of every command that names money. */
export const moneyProblems = ["AMOUNT_INVALID", "CURRENCY_UNKNOWN"] as const satisfies readonly ErrorCode[];

/** Of every bet that is placed. */
export const placeProblems = [
  ...doorProblems,
  ...moneyProblems,
  "GAME_NOT_FOUND",
  "ROUND_CLOSED",
  "BET_ROLLED_BACK",
  "FUNDS_INSUFFICIENT",
  "CURRENCY_MISMATCH",
  "PLAYER_BLOCKED",
  "GAME_DISABLED",
  "STAKE_BELOW_MIN",
  "STAKE_ABOVE_MAX",
  "SELF_EXCLUDED",
  "TIME_OUT_RUNNING",
  "KYC_LEVEL_TOO_LOW",
  "LOCATION_NOT_ALLOWED",
  "COUNTRY_BANNED",
  "GAME_NOT_OFFERED",
  "WAGER_LIMIT_REACHED",
  "LOSS_LIMIT_REACHED",
  "SESSION_LIMIT_REACHED",
  "LIMIT_OTHER_CURRENCY",
  "PLAY_TOO_FAST",
  "BREAK_DUE",
  "REALITY_CHECK_DUE",
] as const satisfies readonly ErrorCode[];

export function problemsOf(route: RouteOptions, schema: FastifySchema): ErrorCode[] {
  const rules = guardRulesOf(route.onRequest);
  const implied: ErrorCode[] = [
    "HEADER_INVALID",
    // Any guarded route may be shown the token of a session that has ended.
    ...(rules === undefined ? [] : (["TOKEN_MISSING", "TOKEN_INVALID", "SESSION_ENDED", "NOT_ALLOWED"] as const)),
    // Requests of players and of strangers are counted; those of machines alone are not.
    ...(rules === undefined || rules.player === true || rules.account === true || rules.open === true
      ? (["RATE_LIMITED"] as const)
      : []),
    ...(schema.body === undefined ? [] : (["BODY_MALFORMED", "BODY_TOO_LARGE", "MEDIA_TYPE_UNSUPPORTED"] as const)),
    ...(schema.body === undefined && schema.querystring === undefined ? [] : (["REQUEST_INVALID"] as const)),
    "INTERNAL",
    "DATABASE_UNAVAILABLE",
  ];
  return [...new Set([...implied, ...(route.config?.problems ?? [])])];
}
