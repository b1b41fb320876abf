/**
 * How long sessions last. Staff: NIST SP 800-63B §2.2.3 (AAL2) asks for a new sign-in after at most 24 hours or one hour
 * of inactivity; a back office that moves money keeps well inside. Players: OWASP's session guidance for money.
 */
export const sessionLimits = {
  staff: { idleMs: 30 * 60_000, absoluteMs: 12 * 3_600_000 },
  /** A terminal's session, which is let in from the console with a second factor. */
  cli: { idleMs: 8 * 3_600_000, absoluteMs: 24 * 3_600_000 },
  player: { idleMs: 14 * 24 * 3_600_000, absoluteMs: 90 * 24 * 3_600_000 },
} as const;

/** Access tokens of staff and players alike; the session behind them is what can be revoked. */
export const accessTokenMs = 5 * 60_000;

export interface SessionTimes {
  readonly lastSeenAtMs: number;
  readonly createdAtMs: number;
  readonly revoked: boolean;
}

export type SessionState = "LIVE" | "IDLE" | "EXPIRED" | "REVOKED";

export function sessionState(kind: keyof typeof sessionLimits, times: SessionTimes, nowMs: number): SessionState {
  const limits = sessionLimits[kind];
  if (times.revoked) return "REVOKED";
  if (nowMs - times.createdAtMs >= limits.absoluteMs) return "EXPIRED";
  if (nowMs - times.lastSeenAtMs >= limits.idleMs) return "IDLE";
  return "LIVE";
}
