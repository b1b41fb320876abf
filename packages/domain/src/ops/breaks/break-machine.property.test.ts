import fc from "fast-check";
import { expect, test } from "vitest";
import {
  type BreakEvent,
  breakMachine,
  type BreakState,
  breakStates,
  isOpenBreak,
  moveBreakState,
} from "./break-machine.ts";
import { breakTypeNames, breakTypeRow, resolutionMethods } from "./break-types.ts";
import { ageBucketOf, checkResolution, endOf } from "./resolution.ts";

const events = [...new Set(Object.values(breakMachine).flatMap((row) => Object.keys(row)))] as BreakEvent[];

test("whatever happens to a break, it ends by a proposal alone or by itself, and what has ended is only opened again", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...events), { maxLength: 30 }), (told) => {
      let state: BreakState = "OPEN";
      for (const event of told) {
        const next = moveBreakState(state, event);
        if (!next.ok) {
          expect(next.error.code).toBe("BREAK_NOT_OPEN");
          continue;
        }
        if (next.value === "RESOLVED" || next.value === "WRITTEN_OFF") expect(state).toBe("PROPOSED");
        if (!isOpenBreak(state)) expect([event, next.value]).toEqual(["reopen", "REOPENED"]);
        state = next.value;
      }
    }),
  );
});

test("a resolution is proposed only by a method of the break's type, and only where the break is open and not proposed", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...breakTypeNames),
      fc.constantFrom(...breakStates),
      fc.constantFrom(...resolutionMethods),
      (type, state, method) => {
        const allowed = checkResolution({ source: "cashier", type, state }, method);
        const fits = breakTypeRow(type).methods.includes(method as never);
        expect(allowed.ok).toBe(fits && ["OPEN", "ASSIGNED", "REOPENED"].includes(state));
        if (!allowed.ok) expect(allowed.error.code).toBe(fits ? "BREAK_NOT_OPEN" : "RESOLUTION_INVALID");
      },
    ),
  );
  expect([endOf("WRITE_OFF"), endOf("POST"), endOf("MATCH"), endOf("EXPLAIN")]).toEqual([
    "WRITTEN_OFF",
    "RESOLVED",
    "RESOLVED",
    "RESOLVED",
  ]);
});

test("a break grows older through the groups of the list", () => {
  const day = 86_400_000;
  expect([0, 1, 2.9, 3, 6.9, 7, 29.9, 30].map((days) => ageBucketOf(0, days * day))).toEqual([
    "today",
    "days",
    "days",
    "week",
    "week",
    "month",
    "month",
    "older",
  ]);
});
