import { describe, expect, test } from "vitest";
import {
  blocksUntil,
  coolsOffUntil,
  decideAskToLift,
  decideSelfExclusion,
  decideTimeOut,
  type Exclusion,
  exclusionStateAt,
  refusedState,
  strongestBlock,
} from "./exclusion.ts";

const day = 86_400_000;
const rules = {
  minDays: 180,
  coolDefiniteHours: 24,
  coolIndefiniteHours: 168,
  timeOutMinHours: 24,
  timeOutMaxDays: 30,
  panicHours: 24,
};
const term: Exclusion = {
  kind: "SELF_EXCLUSION",
  state: "ACTIVE",
  startsAtMs: 0,
  endsAtMs: 180 * day,
  liftsAtMs: null,
};
const forEver: Exclusion = { ...term, endsAtMs: null };
const timeOut: Exclusion = { ...term, kind: "TIME_OUT", endsAtMs: 2 * day };

describe("a self-exclusion", () => {
  test("lasts as long as the jurisdiction asks for at the least, or for ever", () => {
    expect(decideSelfExclusion(179, rules, 0)).toMatchObject({ error: { code: "EXCLUSION_TOO_SHORT" } });
    expect(decideSelfExclusion(180, rules, 5)).toEqual({ ok: true, value: 180 * day + 5 });
    expect(decideSelfExclusion(null, rules, 5)).toEqual({ ok: true, value: null });
  });

  test("does not end with its term: the player has to ask, be answered, and cool off", () => {
    expect(exclusionStateAt(term, 180 * day - 1)).toBe("ACTIVE");
    expect(exclusionStateAt(term, 180 * day)).toBe("TERM_ENDED");
    expect(blocksUntil(term)).toBeNull();
    expect(decideAskToLift(term, 180 * day - 1)).toMatchObject({ error: { code: "EXCLUSION_RUNNING" } });
    expect(decideAskToLift(term, 180 * day)).toMatchObject({ value: "REACTIVATION_REQUESTED" });
    const liftsAtMs = coolsOffUntil(term, rules, 200 * day);
    expect(liftsAtMs).toBe(201 * day);
    const cooling: Exclusion = { ...term, state: "COOLING_OFF", liftsAtMs };
    expect([exclusionStateAt(cooling, 201 * day - 1), exclusionStateAt(cooling, 201 * day)]).toEqual([
      "COOLING_OFF",
      "LIFTED",
    ]);
    expect(blocksUntil(cooling)).toBe(201 * day);
  });

  test("without an end may be asked about at any time, cools off for a week, and goes on where it is refused", () => {
    expect(decideAskToLift(forEver, 1)).toMatchObject({ value: "REACTIVATION_REQUESTED" });
    expect(coolsOffUntil(forEver, rules, 0)).toBe(7 * day);
    expect([refusedState(forEver), refusedState(term)]).toEqual(["ACTIVE", "TERM_ENDED"]);
  });

  test("of a register is not lifted by the house", () => {
    expect(decideAskToLift({ ...forEver, kind: "REGISTER" }, 1)).toMatchObject({
      error: { code: "EXCLUSION_RUNNING" },
    });
  });
});

test("a time-out is of the length that the jurisdiction allows, and ends by itself", () => {
  expect([23, 24, 720, 721].map((hours) => decideTimeOut(hours, rules, 0).ok)).toEqual([false, true, true, false]);
  expect([exclusionStateAt(timeOut, 2 * day - 1), exclusionStateAt(timeOut, 2 * day)]).toEqual(["ACTIVE", "LIFTED"]);
});

test("of several the one that keeps out longest is shown", () => {
  const panic: Exclusion = { ...timeOut, kind: "PANIC", endsAtMs: day };
  expect(strongestBlock([panic, timeOut], 0)).toBe(timeOut);
  expect(strongestBlock([panic, term, timeOut], 0)).toBe(term);
  expect(strongestBlock([term, { ...forEver, kind: "REGISTER" }], 0)?.kind).toBe("REGISTER");
  expect(strongestBlock([panic, timeOut], 3 * day)).toBeUndefined();
});
