import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type LimitWindow, windowStart } from "./limit-window.ts";
import { decideConfirm, decideLimit, isStricter, type LimitAmount, type WaitingLimit } from "./player-limit.ts";

const hour = 3_600_000;
const day = 24 * hour;
const rules = { increaseHours: 24, confirmHours: 48 };

type Step =
  | { readonly do: "ask"; readonly amount: LimitAmount; readonly gapHours: number }
  | { readonly do: "confirm"; readonly gapHours: number };

const gapHours = fc.integer({ min: 0, max: 80 });
const steps = fc.array(
  fc.oneof(
    fc.record({
      do: fc.constant("ask" as const),
      amount: fc.oneof(fc.constant(null), fc.bigInt({ min: 1n, max: 500n })),
      gapHours,
    }),
    fc.record({ do: fc.constant("confirm" as const), gapHours }),
  ),
  { maxLength: 30 },
);

interface InFlight {
  held: LimitAmount;
  waiting: (WaitingLimit & { readonly amount: LimitAmount; readonly askedMs: number }) | undefined;
}

/** As the house does: whoever asks anew replaces what waits, a stricter wish holds at once and ends the wait. */
function take(state: InFlight, step: Step, nowMs: number): void {
  if (step.do === "confirm") {
    if (state.waiting === undefined || !decideConfirm(state.waiting, nowMs).ok) return;
    state.held = state.waiting.amount;
    state.waiting = undefined;
    return;
  }
  const decided = decideLimit(state.held, step.amount, rules, nowMs);
  if (!decided.ok) return;
  if (decided.value.kind === "now") {
    state.held = step.amount;
    state.waiting = undefined;
    return;
  }
  const { readyAtMs, lapsesAtMs } = decided.value;
  state.waiting = { state: "PENDING", readyAtMs, lapsesAtMs, amount: step.amount, askedMs: nowMs };
}

test("however wishes follow each other, a limit grows looser only by one that was asked for a whole wait before", () => {
  fc.assert(
    fc.property(steps, fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2032, 0, 1) }), (all, startMs) => {
      const state: InFlight = { held: 100n, waiting: undefined };
      let nowMs = startMs;
      for (const step of all as Step[]) {
        nowMs += step.gapHours * hour;
        const { held, waiting } = state;
        take(state, step, nowMs);
        if (!isStricter(held, state.held)) continue;
        // It became looser: only a confirmation does that, and of the wish that was waiting.
        expect(step.do).toBe("confirm");
        expect(state.held).toBe(waiting?.amount);
        expect(nowMs - (waiting?.askedMs ?? nowMs)).toBeGreaterThanOrEqual(rules.increaseHours * hour);
        expect(nowMs - (waiting?.askedMs ?? 0)).toBeLessThan((rules.increaseHours + rules.confirmHours) * hour);
      }
    }),
    { numRuns: 500 },
  );
});

describe("a rolling month", () => {
  const month = (zone: string): LimitWindow => ({ period: "MONTH", window: "ROLLING", zone });

  test.each([
    ["2024-03-31T12:00:00Z", "2024-02-29T12:00:00Z"],
    ["2023-03-31T12:00:00Z", "2023-02-28T12:00:00Z"],
    ["2024-02-29T12:00:00Z", "2024-01-29T12:00:00Z"],
    ["2025-02-28T12:00:00Z", "2025-01-28T12:00:00Z"],
    ["2024-05-31T23:59:59Z", "2024-04-30T23:59:59Z"],
    ["2025-01-01T00:00:00Z", "2024-12-01T00:00:00Z"],
  ])("that ends at %s begins at %s", (end, start) => {
    expect(new Date(windowStart(month("UTC"), Date.parse(end))).toISOString()).toBe(`${start.slice(0, -1)}.000Z`);
  });

  test("is between 28 and 31 days long on any day of any year, but for what the clocks are moved", () => {
    const zone = fc.constantFrom("UTC", "Europe/Malta", "Europe/London", "America/New_York", "Australia/Lord_Howe");
    const at = fc.integer({ min: Date.UTC(2016, 0, 1), max: Date.UTC(2036, 0, 1) });
    fc.assert(
      fc.property(zone, at, (name, ms) => {
        const length = ms - windowStart(month(name), ms);
        expect(length).toBeGreaterThanOrEqual(28 * day - hour);
        expect(length).toBeLessThanOrEqual(31 * day + hour);
      }),
      { numRuns: 500 },
    );
  });
});
