import fc from "fast-check";
import { expect, test } from "vitest";
import { throttleRules, throttleWaitMs } from "./sign-in-throttle.ts";

const rules = fc.constantFrom(...Object.values(throttleRules));
const failures = fc.integer({ min: 0, max: 1_000_000 });

test("nobody waits longer than the longest wait, so nobody is locked out for good", () => {
  fc.assert(
    fc.property(rules, failures, fc.integer({ min: 0, max: 10 ** 9 }), (rule, count, later) => {
      const wait = throttleWaitMs(rule, { failures: count, lastAtMs: 0 }, later);
      expect(wait).toBeGreaterThanOrEqual(0);
      expect(wait).toBeLessThanOrEqual(rule.longestWaitMs);
      if (later >= rule.longestWaitMs) expect(wait).toBe(0);
    }),
  );
});

test("one failure more never shortens the wait", () => {
  fc.assert(
    fc.property(rules, failures, (rule, count) => {
      const at = (n: number): number => throttleWaitMs(rule, { failures: n, lastAtMs: 0 }, 0);
      expect(at(count + 1)).toBeGreaterThanOrEqual(at(count));
    }),
  );
});
