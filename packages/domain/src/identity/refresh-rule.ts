/**
 * What a refresh token that comes back means. Each is used once and names the next one. One that comes a second time was
 * either sent again because its answer was lost, or stolen: within a short while, and only as long as the next one has
 * not been used, it gets the very same next one again, so the line of tokens never forks. Any other second use ends the
 * session (RFC 9700 §4.14.2).
 */
import { type SessionTimes, sessionLimits, sessionState } from "./session-limits.ts";

/** How long a token that was used may come again and get the same answer, ms. */
export const refreshRepeatMs = 10_000;

export interface PresentedToken {
  /** When it was first used; null where it was not yet. */
  readonly usedAtMs: number | null;
  readonly expiresAtMs: number;
  /** Whether the token that took its place was used already. */
  readonly nextUsed: boolean;
}

/** NEXT: give the next token. SAME: give the same next token again. STOLEN: end the session. OVER: it has ended. */
export type RefreshVerdict = "NEXT" | "SAME" | "STOLEN" | "OVER";

export function judgeRefresh(token: PresentedToken, session: SessionTimes, nowMs: number): RefreshVerdict {
  if (sessionState("player", session, nowMs) !== "LIVE") return "OVER";
  if (token.usedAtMs !== null) {
    return !token.nextUsed && nowMs - token.usedAtMs < refreshRepeatMs ? "SAME" : "STOLEN";
  }
  return token.expiresAtMs <= nowMs ? "OVER" : "NEXT";
}

/** Until when the next token may be used: the session's idle limit, within its longest time. */
export function refreshExpiryMs(sessionCreatedAtMs: number, nowMs: number): number {
  const { idleMs, absoluteMs } = sessionLimits.player;
  return Math.min(nowMs + idleMs, sessionCreatedAtMs + absoluteMs);
}
