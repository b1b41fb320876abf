/**
 * Exclusions: what keeps a player from play, by their own word, by the house or by a national register. They begin at once.
 * A time-out and the panic button end by themselves; a self-exclusion does not: when its term is over the player has to ask
 * for play again, is answered by a person, and cools off before it is lifted (MGA Player Protection Directive, art. 12;
 * UK LCCP 3.5.3 with a term of six months at the least). Withdrawals stay allowed throughout.
 */
import { err, type Failure, ok, type Result } from "../kernel/result.ts";

export const exclusionKinds = ["SELF_EXCLUSION", "REGISTER", "TIME_OUT", "PANIC"] as const;
export type ExclusionKind = (typeof exclusionKinds)[number];

export const exclusionStates = ["ACTIVE", "TERM_ENDED", "REACTIVATION_REQUESTED", "COOLING_OFF", "LIFTED"] as const;
export type ExclusionState = (typeof exclusionStates)[number];

export const exclusionMachine = {
  ACTIVE: { endTerm: "TERM_ENDED", askToLift: "REACTIVATION_REQUESTED", runOut: "LIFTED" },
  TERM_ENDED: { askToLift: "REACTIVATION_REQUESTED" },
  REACTIVATION_REQUESTED: { refuse: "TERM_ENDED", refuseIndefinite: "ACTIVE", grant: "COOLING_OFF" },
  COOLING_OFF: { lift: "LIFTED" },
  LIFTED: {},
} as const satisfies Record<ExclusionState, Partial<Record<string, ExclusionState>>>;

export interface Exclusion {
  readonly kind: ExclusionKind;
  readonly state: ExclusionState;
  readonly startsAtMs: number;
  /** Null is indefinite. */
  readonly endsAtMs: number | null;
  /** When cooling off is over; set from COOLING_OFF on. */
  readonly liftsAtMs: number | null;
}

/** Where time alone has brought an exclusion by now. */
export function exclusionStateAt({ kind, state, endsAtMs, liftsAtMs }: Exclusion, nowMs: number): ExclusionState {
  if (state === "COOLING_OFF" && liftsAtMs !== null && nowMs >= liftsAtMs) return exclusionMachine.COOLING_OFF.lift;
  if (state !== "ACTIVE" || endsAtMs === null || nowMs < endsAtMs) return state;
  return kind === "TIME_OUT" || kind === "PANIC" ? exclusionMachine.ACTIVE.runOut : exclusionMachine.ACTIVE.endTerm;
}

/** Until when it keeps the player from play, as far as time alone decides; null where a person has to. */
export function blocksUntil(exclusion: Exclusion): number | null {
  if (exclusion.state === "COOLING_OFF") return exclusion.liftsAtMs;
  return exclusion.kind === "TIME_OUT" || exclusion.kind === "PANIC" ? exclusion.endsAtMs : null;
}

export interface ExclusionRules {
  /** Shortest self-exclusion, days. */
  readonly minDays: number;
  /** What cools off after a request was granted, hours, by whether the exclusion had a term. */
  readonly coolDefiniteHours: number;
  readonly coolIndefiniteHours: number;
  readonly timeOutMinHours: number;
  readonly timeOutMaxDays: number;
  readonly panicHours: number;
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Ends of a self-exclusion of that many days; null is for ever. */
export function decideSelfExclusion(
  days: number | null,
  rules: ExclusionRules,
  nowMs: number,
): Result<number | null, Failure<"EXCLUSION_TOO_SHORT">> {
  if (days === null) return ok(null);
  if (days < rules.minDays) {
    return err("EXCLUSION_TOO_SHORT", `A self-exclusion lasts ${rules.minDays} days at least.`, {
      minDays: rules.minDays,
    });
  }
  return ok(nowMs + days * dayMs);
}

export function decideTimeOut(
  hours: number,
  rules: ExclusionRules,
  nowMs: number,
): Result<number, Failure<"TIME_OUT_LENGTH">> {
  const mostHours = rules.timeOutMaxDays * 24;
  if (hours < rules.timeOutMinHours || hours > mostHours) {
    return err("TIME_OUT_LENGTH", `A time-out lasts from ${rules.timeOutMinHours} to ${mostHours} hours.`, {
      minHours: rules.timeOutMinHours,
      maxHours: mostHours,
    });
  }
  return ok(nowMs + hours * hourMs);
}

/** A definite exclusion is asked about when its term has ended; an indefinite one at any time. */
export function decideAskToLift(
  exclusion: Exclusion,
  nowMs: number,
): Result<"REACTIVATION_REQUESTED", Failure<"EXCLUSION_RUNNING" | "RECORD_NOT_FOUND">> {
  // A register's exclusion ends where it was made, and not with the house.
  if (exclusion.kind !== "SELF_EXCLUSION") return err("EXCLUSION_RUNNING");
  const state = exclusionStateAt(exclusion, nowMs);
  if (state === "TERM_ENDED") return ok(exclusionMachine.TERM_ENDED.askToLift);
  if (state === "ACTIVE" && exclusion.endsAtMs === null) return ok(exclusionMachine.ACTIVE.askToLift);
  if (state === "ACTIVE" && exclusion.endsAtMs !== null) {
    return err("EXCLUSION_RUNNING", undefined, { endsAt: new Date(exclusion.endsAtMs).toISOString() });
  }
  return err("RECORD_NOT_FOUND");
}

/** When a granted request takes effect. */
export function coolsOffUntil(exclusion: Exclusion, rules: ExclusionRules, nowMs: number): number {
  const hours = exclusion.endsAtMs === null ? rules.coolIndefiniteHours : rules.coolDefiniteHours;
  return nowMs + hours * hourMs;
}

/** The state that a request which a person has refused goes back to. */
export function refusedState({ endsAtMs }: Exclusion): "ACTIVE" | "TERM_ENDED" {
  const { refuse, refuseIndefinite } = exclusionMachine.REACTIVATION_REQUESTED;
  return endsAtMs === null ? refuseIndefinite : refuse;
}

const weight: Readonly<Record<ExclusionKind, number>> = { REGISTER: 3, SELF_EXCLUSION: 2, PANIC: 1, TIME_OUT: 0 };

/** The one that keeps the player out longest, of those that do so now; what is shown, and what the gate is told. */
export function strongestBlock<E extends Exclusion>(exclusions: readonly E[], nowMs: number): E | undefined {
  const blocking = exclusions.filter((exclusion) => exclusionStateAt(exclusion, nowMs) !== "LIFTED");
  const end = (exclusion: E): number => blocksUntil(exclusion) ?? Number.POSITIVE_INFINITY;
  return blocking.sort((a, b) => end(b) - end(a) || weight[b.kind] - weight[a.kind])[0];
}
