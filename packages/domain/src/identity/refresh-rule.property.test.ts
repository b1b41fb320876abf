import fc from "fast-check";
import { expect, test } from "vitest";
import { judgeRefresh, type PresentedToken, refreshExpiryMs, refreshRepeatMs } from "./refresh-rule.ts";
import { sessionLimits } from "./session-limits.ts";

const day = 24 * 3_600_000;
const live = { createdAtMs: 0, lastSeenAtMs: 0, revoked: false };
const token = (fields: Partial<PresentedToken> = {}): PresentedToken => ({
  usedAtMs: null,
  expiresAtMs: day,
  nextUsed: false,
  ...fields,
});
const time = fc.integer({ min: 0, max: 2 * sessionLimits.player.absoluteMs });

test("a token that was not used gives the next one until it expires", () => {
  expect(judgeRefresh(token(), live, day - 1)).toBe("NEXT");
  expect(judgeRefresh(token(), live, day)).toBe("OVER");
});

test("a token that comes again gives the same next one for a short while, and then ends the session", () => {
  expect(judgeRefresh(token({ usedAtMs: 1_000 }), live, 1_000 + refreshRepeatMs - 1)).toBe("SAME");
  expect(judgeRefresh(token({ usedAtMs: 1_000 }), live, 1_000 + refreshRepeatMs)).toBe("STOLEN");
});

test("whoever uses an older token than the newest used one ends the session, however soon", () => {
  fc.assert(
    fc.property(time, fc.integer({ min: 0, max: day }), (usedAtMs, after) => {
      const session = { ...live, createdAtMs: usedAtMs, lastSeenAtMs: usedAtMs };
      const verdict = judgeRefresh(token({ usedAtMs, nextUsed: true }), session, usedAtMs + after);
      expect(verdict).toBe("STOLEN");
    }),
  );
});

test("nothing comes of a session that has ended, and its tokens don't end it twice", () => {
  fc.assert(
    fc.property(fc.option(time, { nil: null }), fc.boolean(), time, (usedAtMs, nextUsed, now) => {
      expect(judgeRefresh(token({ usedAtMs, nextUsed }), { ...live, revoked: true }, now)).toBe("OVER");
    }),
  );
});

test("no token outlives its session's longest time", () => {
  fc.assert(
    fc.property(time, time, (created, later) => {
      const expiry = refreshExpiryMs(created, created + later);
      expect(expiry).toBeLessThanOrEqual(created + sessionLimits.player.absoluteMs);
      expect(expiry - (created + later)).toBeLessThanOrEqual(sessionLimits.player.idleMs);
    }),
  );
});
