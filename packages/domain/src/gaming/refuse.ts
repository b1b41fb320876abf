import type { ErrorCode } from "../kernel/errors.ts";
import type { Refused } from "../wallet/book.ts";

/**
 * Version of the gaming rules as a set. It is stored with every refusal, so raise it with any change of a rule's
 * meaning: a refusal must be explainable by the text of the rule as it was.
 */
const rulesVersion = 1;

export function refuse(rule: string, code: ErrorCode, inputs: Refused["inputs"] = {}, detail?: string): Refused {
  return {
    accepted: false,
    failure: { code, ...(detail === undefined ? {} : { detail }), data: inputs },
    rule: `gaming.${rule}`,
    ruleVersion: rulesVersion,
    inputs,
  };
}
