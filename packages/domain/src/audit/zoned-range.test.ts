import { expect, test } from "vitest";
import { createZoneFormat, readZonedRange } from "./zoned-range.ts";

const rangeOf = (from: string, to: string, zone = "Europe/Malta") => {
  const read = readZonedRange(from, to, zone);
  return read.ok
    ? [new Date(read.value.fromMs).toISOString(), new Date(read.value.toMs).toISOString()]
    : read.error.code;
};

test("days are those of the zone, and the last one is included whole", () => {
  expect(rangeOf("2026-11-01", "2026-11-30")).toEqual(["2026-10-31T23:00:00.000Z", "2026-11-30T23:00:00.000Z"]);
  expect(rangeOf("2026-11-01", "2026-11-01", "UTC")).toEqual(["2026-11-01T00:00:00.000Z", "2026-11-02T00:00:00.000Z"]);
});

test("the days on which clocks change are as long as they are", () => {
  const spring = rangeOf("2026-03-29", "2026-03-29");
  expect(spring).toEqual(["2026-03-28T23:00:00.000Z", "2026-03-29T22:00:00.000Z"]);
  expect(rangeOf("2026-10-25", "2026-10-25")).toEqual(["2026-10-24T22:00:00.000Z", "2026-10-25T23:00:00.000Z"]);
});

test("instants stand for themselves, whatever the zone", () => {
  expect(rangeOf("2026-11-23T07:00:00Z", "2026-11-23T09:30:00+01:00")).toEqual([
    "2026-11-23T07:00:00.000Z",
    "2026-11-23T08:30:00.000Z",
  ]);
});

test.each([
  ["2026-02-30", "2026-03-01", "Europe/Malta"],
  ["2026-11-23T07:00:00", "2026-11-24", "Europe/Malta"],
  ["2026-11-24", "2026-11-23", "Europe/Malta"],
  ["2026-11-23", "2026-11-24", "Malta/Europe"],
])("%s to %s in %s is no range", (from, to, zone) => {
  expect(rangeOf(from, to, zone)).toBe("REQUEST_INVALID");
});

test("an instant is shown on the clocks of the zone, with their offset", () => {
  const at = Date.parse("2026-07-01T22:15:30.123Z");
  expect(createZoneFormat("Europe/Malta")(at)).toBe("2026-07-02T00:15:30.123+02:00");
  expect(createZoneFormat("America/St_Johns")(at)).toBe("2026-07-01T19:45:30.123-02:30");
  expect(createZoneFormat("UTC")(at)).toBe("2026-07-01T22:15:30.123+00:00");
});
