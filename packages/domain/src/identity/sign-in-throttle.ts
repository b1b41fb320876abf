/**
 * How long the next sign-in attempt must wait. Nobody is ever locked out for good by somebody else's guesses: waits grow
 * per pair of account and address, where the owner at their own address is untouched; many accounts from one address
 * slow that address down; and many addresses at one account slow only addresses that never signed in to it, by at
 * most half a minute. A player's device that is known by its secret is counted by itself alone: nobody else's attempts,
 * from whichever address, make it wait.
 */
export interface ThrottleRule {
  /** Attempts that cost nothing. */
  readonly free: number;
  readonly firstWaitMs: number;
  readonly longestWaitMs: number;
  /** After this long without an attempt the count starts again. */
  readonly forgetMs: number;
}

export const throttleRules = {
  pair: { free: 4, firstWaitMs: 2_000, longestWaitMs: 15 * 60_000, forgetMs: 24 * 3_600_000 },
  address: { free: 30, firstWaitMs: 2_000, longestWaitMs: 15 * 60_000, forgetMs: 3_600_000 },
  account: { free: 40, firstWaitMs: 1_000, longestWaitMs: 30_000, forgetMs: 3_600_000 },
  /** Second factors: a six-digit code with three valid values must not be tried often by whoever has the password. */
  factor: { free: 4, firstWaitMs: 15_000, longestWaitMs: 30 * 60_000, forgetMs: 24 * 3_600_000 },
  factorOfAll: { free: 20, firstWaitMs: 5_000, longestWaitMs: 5 * 60_000, forgetMs: 24 * 3_600_000 },
  /** Mails to one address that anybody can ask for. Each brings a link that works, so waiting keeps nobody out. */
  mail: { free: 4, firstWaitMs: 60_000, longestWaitMs: 3_600_000, forgetMs: 24 * 3_600_000 },
  /** Accounts that are asked for from one address. */
  registration: { free: 20, firstWaitMs: 5_000, longestWaitMs: 15 * 60_000, forgetMs: 3_600_000 },
} as const satisfies Record<string, ThrottleRule>;

export interface Attempts {
  /** Failed attempts since the last success. */
  readonly failures: number;
  readonly lastAtMs: number;
}

/** Milliseconds until the next attempt is looked at; 0 where it may come now. */
export function throttleWaitMs(rule: ThrottleRule, attempts: Attempts | undefined, nowMs: number): number {
  if (attempts === undefined || nowMs - attempts.lastAtMs >= rule.forgetMs) return 0;
  const over = attempts.failures - rule.free;
  if (over <= 0) return 0;
  // 2 ** 20 waits are beyond every longest wait; the exponent is capped so that it stays a number.
  const wait = Math.min(rule.longestWaitMs, rule.firstWaitMs * 2 ** Math.min(over - 1, 20));
  return Math.max(0, attempts.lastAtMs + wait - nowMs);
}
