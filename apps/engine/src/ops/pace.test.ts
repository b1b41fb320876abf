import { expect, test } from "vitest";
import { createPace } from "./pace.ts";

test("nothing rests while the engine has little to do", () => {
  const pace = createPace();
  expect(pace.restMs(100, 0)).toBe(0);
  pace.report(0.2);
  expect(pace.restMs(100, 0)).toBe(0);
});

test("the busier the engine, the longer the rest, up to twelve times the work", () => {
  const pace = createPace();
  const rests = [0.3, 0.5, 0.8, 1].map((load) => {
    pace.report(load);
    return pace.restMs(100, 0);
  });
  expect(rests).toEqual([...rests].sort((a, b) => a - b));
  expect(rests[0]).toBeGreaterThan(0);
  expect(rests.at(-1)).toBeCloseTo(1_200);
});

test("no rest is longer than the load may last", () => {
  const pace = createPace();
  pace.report(1);
  expect(pace.restMs(5_000, 0)).toBe(3_000);
});

test("who is behind rests less, and who is far behind not at all", () => {
  const pace = createPace();
  pace.report(1);
  expect(pace.restMs(100, 20_000)).toBe(100);
  expect(pace.restMs(100, 60_000)).toBe(0);
});

test("the rest ends when the load does, or nothing is heard of it any more", () => {
  let nowMs = 0;
  const pace = createPace(() => nowMs);
  pace.report(1);
  pace.report(0);
  expect(pace.restMs(100, 0)).toBe(0);
  pace.report(1);
  nowMs += 900;
  expect(pace.restMs(100, 0)).toBeGreaterThan(0);
  nowMs += 200;
  expect(pace.restMs(100, 0)).toBe(0);
});
