import { expect, test } from "vitest";
import { dayEnd, dayStart } from "./days.ts";

test("a day begins at midnight UTC and ends where the next one begins", () => {
  expect(dayStart("2026-02-28")).toBe("2026-02-28T00:00:00Z");
  expect(dayEnd("2026-02-28")).toBe("2026-03-01T00:00:00.000Z");
});

test("what is no day is no bound", () => {
  expect(dayStart("yesterday")).toBeNull();
  expect(dayEnd(null)).toBeNull();
});
