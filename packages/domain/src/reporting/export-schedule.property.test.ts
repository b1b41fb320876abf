import fc from "fast-check";
import { expect, test } from "vitest";
import { createZoneFormat } from "../audit/zoned-range.ts";
import { coveredDays, nextDue, retryAfterMs, rhythms, type Timing, triesMost, timingInput } from "./export-schedule.ts";

const zones = [
  "UTC",
  "Europe/Berlin",
  "America/New_York",
  "Asia/Kathmandu",
  "Pacific/Auckland",
  "Pacific/Kiritimati",
  "Australia/Lord_Howe",
  "America/St_Johns",
];
const timing: fc.Arbitrary<Timing> = fc.record({
  every: fc.constantFrom(...rhythms),
  hour: fc.integer({ min: 0, max: 23 }),
  zone: fc.constantFrom(...zones),
  weekday: fc.integer({ min: 1, max: 7 }),
  monthDay: fc.integer({ min: 1, max: 31 }),
});
const instant = fc.integer({ min: Date.parse("2024-01-01"), max: Date.parse("2032-12-31") });
const at = (text: string): number => Date.parse(text);
const iso = (ms: number): string => new Date(ms).toISOString();
const daily = (hour: number, zone: string): Timing => ({ every: "daily", hour, zone, weekday: 1, monthDay: 1 });

test("a due time is later, none lies between, and the clocks show its hour or have just left it out", () => {
  fc.assert(
    fc.property(timing, instant, (one, after) => {
      const due = nextDue(one, after);
      expect(due).toBeGreaterThan(after);
      // From any instant before it, the next one is the same.
      expect(nextDue(one, due - 1)).toBe(due);
      expect(nextDue(one, Math.floor((after + due) / 2))).toBe(due);
      const shown = createZoneFormat(one.zone)(due);
      const before = createZoneFormat(one.zone)(due - 1);
      const wanted = String(one.hour).padStart(2, "0");
      const skipped = before.slice(11, 13) < wanted || before.slice(0, 10) < shown.slice(0, 10);
      expect(shown.slice(11, 13) === wanted || skipped).toBe(true);
    }),
    { numRuns: 150 },
  );
});

test("days that follow each other cover each day once, whatever the clocks do", () => {
  fc.assert(
    fc.property(timing, instant, (one, after) => {
      const first = nextDue(one, after);
      const second = nextDue(one, first);
      const [now, then] = [coveredDays(one.every, first, one.zone), coveredDays(one.every, second, one.zone)];
      expect(iso(at(now.to) + 86_400_000).slice(0, 10)).toBe(then.from);
      expect(now.to < createZoneFormat(one.zone)(first).slice(0, 10)).toBe(true);
    }),
    { numRuns: 150 },
  );
});

test("an hour that the clocks leave out is due when they are past it, one shown twice the first time alone", () => {
  expect(iso(nextDue(daily(2, "Europe/Berlin"), at("2026-03-28T12:00:00Z")))).toBe("2026-03-29T01:00:00.000Z");
  expect(iso(nextDue(daily(2, "Europe/Berlin"), at("2026-03-29T01:00:00Z")))).toBe("2026-03-30T00:00:00.000Z");
  expect(iso(nextDue(daily(2, "Europe/Berlin"), at("2026-10-24T12:00:00Z")))).toBe("2026-10-25T00:00:00.000Z");
  expect(iso(nextDue(daily(2, "Europe/Berlin"), at("2026-10-25T00:00:00Z")))).toBe("2026-10-26T01:00:00.000Z");
  expect(iso(nextDue(daily(1, "America/New_York"), at("2026-11-01T04:00:00Z")))).toBe("2026-11-01T05:00:00.000Z");
});

test("the 31st of a shorter month is its last day, in leap years too", () => {
  const monthly: Timing = { every: "monthly", hour: 6, zone: "UTC", weekday: 1, monthDay: 31 };
  const dues: string[] = [];
  for (let due = at("2028-01-01"); dues.length < 4; ) {
    due = nextDue(monthly, due);
    dues.push(iso(due).slice(0, 13));
  }
  expect(dues).toEqual(["2028-01-31T06", "2028-02-29T06", "2028-03-31T06", "2028-04-30T06"]);
  expect(coveredDays("monthly", at("2028-03-31T06:00:00Z"), "UTC")).toEqual({ from: "2028-02-01", to: "2028-02-29" });
  expect(coveredDays("monthly", at("2027-01-01T00:00:00Z"), "UTC")).toEqual({ from: "2026-12-01", to: "2026-12-31" });
});

test("weeks are those of the zone's days", () => {
  const weekly: Timing = { every: "weekly", hour: 0, zone: "Pacific/Auckland", weekday: 1, monthDay: 1 };
  const due = nextDue(weekly, at("2026-11-20T00:00:00Z"));
  expect(iso(due)).toBe("2026-11-22T11:00:00.000Z");
  expect(coveredDays("weekly", due, "Pacific/Auckland")).toEqual({ from: "2026-11-16", to: "2026-11-22" });
});

test("a zone that there is none of is refused, and tries come to an end", () => {
  expect(timingInput.safeParse({ every: "daily", hour: 3, zone: "Mars/Olympus" }).success).toBe(false);
  expect(timingInput.parse({ every: "daily", hour: 3 })).toMatchObject({ zone: "UTC", weekday: 1 });
  expect([retryAfterMs(1), retryAfterMs(6), retryAfterMs(40), retryAfterMs(triesMost)]).toEqual([
    60_000,
    3_600_000,
    3_600_000,
    undefined,
  ]);
});
