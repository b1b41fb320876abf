/**
 * Limits that a player sets for themselves. What makes a limit stricter holds at once; what loosens it, or takes it away,
 * waits for the jurisdiction's cooling period, and then for the player to say once more that they want it (UK RTS 12B and
 * 12D; Germany's § 6c GlüStV with seven days). Nobody can shorten the wait, the house's own staff included.
 */
import { err, type Failure, ok, type Result } from "../kernel/result.ts";
import type { Currency } from "../wallet/currency.ts";
import { formatMinor } from "../wallet/money.ts";
import type { LimitPeriod } from "./limit-window.ts";

export const limitKinds = ["DEPOSIT", "LOSS", "WAGER", "SESSION"] as const;
export type LimitKind = (typeof limitKinds)[number];

export const limitStates = ["PENDING", "READY", "CONFIRMED", "LAPSED", "WITHDRAWN", "REPLACED"] as const;
export type LimitState = (typeof limitStates)[number];

/** What may happen to a limit that was asked for, from when it was. One that holds at once begins as CONFIRMED. */
export const limitMachine = {
  PENDING: { ripen: "READY", withdraw: "WITHDRAWN", replace: "REPLACED" },
  READY: { confirm: "CONFIRMED", lapse: "LAPSED", withdraw: "WITHDRAWN", replace: "REPLACED" },
  CONFIRMED: { replace: "REPLACED" },
  LAPSED: {},
  WITHDRAWN: {},
  REPLACED: {},
} as const satisfies Record<LimitState, Partial<Record<string, LimitState>>>;

/** What one limit is about; a player has at most one that holds, and one that waits, of each. */
export interface LimitKey {
  readonly kind: LimitKind;
  readonly period: LimitPeriod;
  /** Null on SESSION, whose amount is minutes. */
  readonly currency: Currency | null;
}

export interface WaitingLimit {
  readonly state: "PENDING" | "READY";
  readonly readyAtMs: number;
  /** Not confirmed by then, it lapses, and the old one stays. */
  readonly lapsesAtMs: number;
}

/** Where a limit that waits stands at an instant: time moves it, whether or not anybody has looked. */
export function waitingStateAt({ readyAtMs, lapsesAtMs }: WaitingLimit, nowMs: number): "PENDING" | "READY" | "LAPSED" {
  if (nowMs < readyAtMs) return "PENDING";
  return nowMs < lapsesAtMs ? limitMachine.PENDING.ripen : limitMachine.READY.lapse;
}

export interface LimitRules {
  readonly increaseHours: number;
  /** How long a limit that is ready waits to be confirmed. */
  readonly confirmHours: number;
}

/** Minor units, or minutes; null is no limit. */
export type LimitAmount = bigint | null;

export type LimitDecision =
  | { readonly kind: "now" }
  | { readonly kind: "wait"; readonly readyAtMs: number; readonly lapsesAtMs: number };

const hourMs = 3_600_000;

/** What becomes of a wish to change the limit `held` into `wanted`. */
export function decideLimit(
  held: LimitAmount,
  wanted: LimitAmount,
  rules: LimitRules,
  nowMs: number,
): Result<LimitDecision, Failure<"NOTHING_CHANGES">> {
  if (held === wanted) return err("NOTHING_CHANGES");
  if (isStricter(wanted, held)) return ok({ kind: "now" });
  const readyAtMs = nowMs + rules.increaseHours * hourMs;
  return ok({ kind: "wait", readyAtMs, lapsesAtMs: readyAtMs + rules.confirmHours * hourMs });
}

/** Whether a waiting limit may be confirmed now. */
export function decideConfirm(
  waiting: WaitingLimit,
  nowMs: number,
): Result<"CONFIRMED", Failure<"LIMIT_NOT_READY" | "LIMIT_LAPSED">> {
  switch (waitingStateAt(waiting, nowMs)) {
    case "PENDING":
      return err("LIMIT_NOT_READY", undefined, { readyAt: new Date(waiting.readyAtMs).toISOString() });
    case "LAPSED":
      return err("LIMIT_LAPSED", undefined, { lapsedAt: new Date(waiting.lapsesAtMs).toISOString() });
    case "READY":
      return ok(limitMachine.READY.confirm);
  }
}

export function isStricter(one: LimitAmount, other: LimitAmount): boolean {
  if (one === null) return false;
  return other === null || one < other;
}

export function formatLimit(amount: bigint, currency: Currency | null): string {
  return currency === null ? amount.toString() : formatMinor(amount, currency);
}
