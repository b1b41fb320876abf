import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  firstSlot,
  type LimitWindow,
  limitPeriods,
  slotOf,
  tickMs,
  windowEnd,
  windowKinds,
  windowStart,
} from "./limit-window.ts";

const zones = [
  "UTC",
  "Europe/London",
  "Europe/Berlin",
  "Europe/Malta",
  "America/New_York",
  "Asia/Kathmandu",
  "Australia/Lord_Howe",
  "America/Havana",
  "Asia/Beirut",
  "Pacific/Apia",
];
const at = fc.integer({ min: Date.UTC(2015, 0, 1), max: Date.UTC(2035, 0, 1) });
const window = fc.record({
  period: fc.constantFrom(...limitPeriods),
  window: fc.constantFrom(...windowKinds),
  zone: fc.constantFrom(...zones),
});
const hour = 3_600_000;

/** What the zone's clocks show, told by another way than the code under test uses. */
function clock(zone: string, ms: number): { date: string; time: string; weekday: string } {
  const date = new Intl.DateTimeFormat("en-CA", { timeZone: zone, dateStyle: "short" }).format(ms);
  const time = new Intl.DateTimeFormat("en-GB", { timeZone: zone, timeStyle: "medium", hourCycle: "h23" }).format(ms);
  const weekday = new Intl.DateTimeFormat("en-GB", { timeZone: zone, weekday: "short" }).format(ms);
  return { date, time, weekday };
}

describe("a calendar window", () => {
  test("begins at the first instant of its day, Monday or first of the month on the zone's clocks", () => {
    fc.assert(
      fc.property(window, at, ({ period, zone }, ms) => {
        const rule: LimitWindow = { period, zone, window: "CALENDAR" };
        const start = windowStart(rule, ms);
        expect(start).toBeLessThanOrEqual(ms);
        const [now, first, before] = [clock(zone, ms), clock(zone, start), clock(zone, start - 1)];
        expect(before.date < first.date).toBe(true);
        if (period === "DAY") expect(first.date).toBe(now.date);
        if (period === "WEEK" && zone !== "Pacific/Apia") expect(first.weekday).toBe("Mon");
        if (period === "MONTH") expect(first.date).toBe(`${now.date.slice(0, 8)}01`);
      }),
      { numRuns: 400 },
    );
  });

  test("ends where the next one begins, whatever the clocks do in between", () => {
    fc.assert(
      fc.property(window, at, ({ period, zone }, ms) => {
        const rule: LimitWindow = { period, zone, window: "CALENDAR" };
        const end = windowEnd(rule, ms) ?? 0;
        expect(end).toBeGreaterThan(ms);
        expect(windowStart(rule, end)).toBe(end);
        expect(windowStart(rule, end - 1)).toBe(windowStart(rule, ms));
      }),
      { numRuns: 400 },
    );
  });

  test.each([
    // Clocks go forward in London: a day of 23 hours. Back: one of 25.
    ["2026-03-29T12:00:00Z", "Europe/London", "DAY", "2026-03-29T00:00:00Z", "2026-03-29T23:00:00Z"],
    ["2026-10-25T12:00:00Z", "Europe/London", "DAY", "2026-10-24T23:00:00Z", "2026-10-26T00:00:00Z"],
    // A leap day, and the month that holds it.
    ["2028-02-29T22:59:59Z", "Europe/Berlin", "DAY", "2028-02-28T23:00:00Z", "2028-02-29T23:00:00Z"],
    ["2028-02-29T12:00:00Z", "Europe/Berlin", "MONTH", "2028-01-31T23:00:00Z", "2028-02-29T23:00:00Z"],
    // Midnight is skipped in Havana: the day begins at one.
    ["2026-03-08T12:00:00Z", "America/Havana", "DAY", "2026-03-08T05:00:00Z", "2026-03-09T04:00:00Z"],
    ["2026-01-01T00:30:00Z", "Europe/Berlin", "WEEK", "2025-12-28T23:00:00Z", "2026-01-04T23:00:00Z"],
  ] as const)("at %s in %s of a %s is from %s to %s", (now, zone, period, from, to) => {
    const rule: LimitWindow = { zone, period, window: "CALENDAR" };
    expect(new Date(windowStart(rule, Date.parse(now))).toISOString()).toBe(from.replace("Z", ".000Z"));
    expect(new Date(windowEnd(rule, Date.parse(now)) ?? 0).toISOString()).toBe(to.replace("Z", ".000Z"));
  });
});

describe("a rolling window", () => {
  test.each([
    ["2026-03-31T10:00:00Z", "2026-02-28T11:00:00Z"],
    ["2028-03-31T10:00:00Z", "2028-02-29T11:00:00Z"],
    ["2026-01-15T10:00:00Z", "2025-12-15T10:00:00Z"],
    // A month ago the clocks showed this time twice: the longer window counts.
    ["2026-11-25T01:30:00Z", "2026-10-25T00:30:00Z"],
  ])("of a month at %s reaches back to %s in Berlin", (now, from) => {
    const rule: LimitWindow = { zone: "Europe/Berlin", period: "MONTH", window: "ROLLING" };
    expect(new Date(windowStart(rule, Date.parse(now))).toISOString()).toBe(from.replace("Z", ".000Z"));
  });

  test("reaches back a whole period, and moves on with time", () => {
    fc.assert(
      fc.property(window, at, fc.integer({ min: 0, max: 40 * 24 }), ({ period, zone }, ms, hours) => {
        const rule: LimitWindow = { period, zone, window: "ROLLING" };
        const least = { DAY: 24, WEEK: 7 * 24, MONTH: 27 * 24 }[period];
        expect(ms - windowStart(rule, ms)).toBeGreaterThanOrEqual(least * hour);
        // A month's end may stand still for some days, and clocks may take back what they skipped; it never jumps back more.
        expect(windowStart(rule, ms + hours * hour)).toBeGreaterThanOrEqual(windowStart(rule, ms) - 25 * hour);
      }),
    );
  });
});

test("an amount counts for as long as its instant is in the window, and slots begin on ticks", () => {
  fc.assert(
    fc.property(window, at, fc.integer({ min: 0, max: 45 * 24 * 60 }), (rule, ms, minutesLater) => {
      const now = ms + minutesLater * 60_000;
      const counted = slotOf(rule, ms) >= firstSlot(rule, now);
      if (ms >= windowStart(rule, now)) expect(counted).toBe(true);
      // Slots are late by their own length at most.
      else if (ms < windowStart(rule, now) - 8 * hour) expect(counted).toBe(false);
      expect(slotOf(rule, ms) % tickMs === 0 && slotOf(rule, ms) <= ms).toBe(true);
    }),
    { numRuns: 500 },
  );
});
