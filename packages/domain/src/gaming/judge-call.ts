/**
 * Whose failing a provider's call was, by the code that it was answered with. A refusal by a rule is everyday life. What
 * the house could not do is not the provider's failing. And a call that nobody proved to be the provider's says nothing
 * of it: otherwise any stranger could have its games marked. A win or a rollback whose bet is not there yet is what networks
 * make of good calls, and what every dialect has an answer for.
 */
import type { ErrorCode } from "../kernel/errors.ts";

export const callVerdicts = ["WELL", "REFUSED", "FAULTY", "HOUSE", "STRANGER"] as const;
export type CallVerdict = (typeof callVerdicts)[number];

const verdicts: Partial<Record<ErrorCode, CallVerdict>> = {
  SIGNATURE_INVALID: "STRANGER",
  NOT_ALLOWED: "STRANGER",
  DATABASE_UNAVAILABLE: "HOUSE",
  INTERNAL: "HOUSE",
  OUTCOME_UNKNOWN: "HOUSE",
  OVERLOADED: "HOUSE",
  BODY_MALFORMED: "FAULTY",
  REQUEST_INVALID: "FAULTY",
  ROUTE_NOT_FOUND: "FAULTY",
  PLAYER_NOT_FOUND: "FAULTY",
  GAME_NOT_FOUND: "FAULTY",
  CURRENCY_UNKNOWN: "FAULTY",
  AMOUNT_INVALID: "FAULTY",
  REQUEST_REUSED: "FAULTY",
  BET_OF_OTHER_ROUND: "FAULTY",
};

/** `code` is OK, REPEATED, or the engine's code of what went wrong. */
export function judgeCall(code: string): CallVerdict {
  if (code === "OK" || code === "REPEATED") return "WELL";
  return Object.hasOwn(verdicts, code) ? (verdicts[code as ErrorCode] ?? "REFUSED") : "REFUSED";
}
