/** What was found of an address, as staff sees it. Whose past it is, is for those alone who decide about it. */
import type { KytCheck } from "@pitboss/db/compliance/kyt-store";
import type { KytDecision } from "@pitboss/domain/compliance/kyt/decide-kyt";
import { type Actor, checkPermission } from "../../identity/actor.ts";

export interface KytRow {
  readonly at: string;
  readonly direction: "IN" | "OUT";
  readonly provider: string;
  readonly decision: KytDecision;
  readonly score: number;
  readonly ruleVersion: number;
  readonly addresses: readonly string[];
  readonly reasons: readonly string[];
}

/** Null for a reader who must not know it, so that nobody can be warned. */
export function presentKyt(checks: readonly KytCheck[], actor: Actor): readonly KytRow[] | null {
  if (!checkPermission(actor, "screening.read", 0).ok) return null;
  return checks.map(({ at, direction, provider, decision, score, ruleVersion, addresses, reasons }) => ({
    at: at.toISOString(),
    direction,
    provider,
    decision,
    score,
    ruleVersion,
    addresses,
    reasons,
  }));
}
