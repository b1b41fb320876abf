import fc from "fast-check";
import { expect, test } from "vitest";
import { beginTry, type Breaker, breakerSettings, closedBreaker, mayTry, recordCall } from "./psp-breaker.ts";

function after(calls: readonly boolean[], from: Breaker = closedBreaker, nowMs = 0): Breaker {
  return calls.reduce((breaker, failed, index) => recordCall(breaker, failed, nowMs + index), from);
}
const failures = (count: number): boolean[] => Array.from({ length: count }, () => true);

test("a row of failures opens it, and one fewer does not", () => {
  expect(after(failures(breakerSettings.failuresInARow - 1)).state).toBe("CLOSED");
  expect(after(failures(breakerSettings.failuresInARow)).state).toBe("OPEN");
});

test("half of the calls of a window open it, once there are enough of them; older ones count no more", () => {
  const mixed = Array.from({ length: 10 }, (_, index) => index % 2 === 1);
  expect(after(mixed.slice(0, 8)).state).toBe("CLOSED");
  expect(after(mixed).state).toBe("OPEN");
  const old = after(mixed.slice(0, 9));
  expect(recordCall(old, true, breakerSettings.windowMs + 100).state).toBe("CLOSED");
});

test("an open one lets one try through after its time, and closes after two good ones", () => {
  const open = after(failures(5), closedBreaker, 1_000);
  const due = open.openedAtMs + breakerSettings.openMs;
  expect(mayTry(open, due - 1)).toBe(false);
  expect(mayTry(open, due)).toBe(true);
  const trying = beginTry(open, due);
  expect(trying.state).toBe("HALF_OPEN");
  expect(mayTry(trying, due + 1)).toBe(false);
  const once = recordCall(trying, false, due + 5);
  expect(once.state).toBe("HALF_OPEN");
  expect(mayTry(once, due + 6)).toBe(true);
  expect(recordCall(beginTry(once, due + 6), false, due + 9)).toEqual(closedBreaker);
});

test("a try that fails opens it anew, and one that never ends does not keep others out for ever", () => {
  const open = after(failures(5));
  const trying = beginTry(open, 40_000);
  const again = recordCall(trying, true, 41_000);
  expect(again).toMatchObject({ state: "OPEN", openedAtMs: 41_000 });
  expect(mayTry(trying, 40_000 + breakerSettings.tryMs)).toBe(true);
});

test("whatever happens, an open breaker is tried again in the end, and good tries close it", () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { maxLength: 60 }), (calls) => {
      let breaker = after(calls);
      let now = calls.length + breakerSettings.openMs + breakerSettings.tryMs;
      for (let tries = 0; tries < breakerSettings.goodTries; tries += 1) {
        expect(mayTry(breaker, now)).toBe(true);
        breaker = recordCall(beginTry(breaker, now), false, now);
        now += 1;
      }
      expect(breaker.state).toBe("CLOSED");
    }),
  );
});
