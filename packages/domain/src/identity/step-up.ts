/** A fresh second factor: what is dangerous asks for one that was given within the last five minutes. */
const freshMs = 5 * 60_000;

/** `secondFactorAtMs` is when the session last saw a second factor, ms since 1970; null where it never did. */
export function isSecondFactorFresh(secondFactorAtMs: number | null, nowMs: number): boolean {
  return secondFactorAtMs !== null && nowMs - secondFactorAtMs < freshMs;
}

/** When the freshness ends, ms since 1970, for a screen that counts down. */
export function secondFactorFreshUntilMs(secondFactorAtMs: number): number {
  return secondFactorAtMs + freshMs;
}
