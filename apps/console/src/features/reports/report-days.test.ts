import { expect, test } from "vitest";
import { addDays, lastDayOf, spanBefore, spanOfYearBefore } from "./report-days.ts";

test("days are counted over months, years and leap days", () => {
  expect(addDays("2024-02-28", 1)).toBe("2024-02-29");
  expect(addDays("2027-01-01", -1)).toBe("2026-12-31");
});

test("the span before has as many days, and ends the day before", () => {
  expect(spanBefore({ from: "2026-11-21", to: "2026-11-27" })).toEqual({ from: "2026-11-14", to: "2026-11-20" });
  expect(spanBefore({ from: "2026-11-27", to: "2026-11-27" })).toEqual({ from: "2026-11-26", to: "2026-11-26" });
});

test("the year before has the same days, but for one that it does not have", () => {
  expect(spanOfYearBefore({ from: "2026-11-01", to: "2026-11-27" })).toEqual({ from: "2025-11-01", to: "2025-11-27" });
  expect(spanOfYearBefore({ from: "2024-02-29", to: "2024-03-01" })).toEqual({ from: "2023-02-28", to: "2023-03-01" });
});

test("a week ends on Sunday, and a month on its last day", () => {
  expect(lastDayOf("2026-11-23", "week")).toBe("2026-11-29");
  expect(lastDayOf("2024-02", "month")).toBe("2024-02-29");
  expect(lastDayOf("2026-12", "month")).toBe("2026-12-31");
});
