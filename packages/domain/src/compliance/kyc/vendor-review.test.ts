import fc from "fast-check";
import { expect, test } from "vitest";
import { effectOf, formatVendorTime, latestVerdict, readVendorTime, type Verdict } from "./vendor-review.ts";

const verdicts = fc.uniqueArray(
  fc.record({ at: fc.integer({ min: 0, max: 50 }), answer: fc.constantFrom("GREEN" as const, "RED" as const) }),
  { minLength: 1, maxLength: 8, selector: ({ at, answer }) => `${at} ${answer}` },
);

test("whatever the order in which verdicts come, the same one counts", () => {
  fc.assert(
    fc.property(
      verdicts.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
      ([list, shuffled]) => {
        expect(latestVerdict(shuffled)).toEqual(latestVerdict(list));
      },
    ),
  );
});

test("an approval is taken up again exactly where the verdict that counts has come now and turns down", () => {
  fc.assert(
    fc.property(verdicts, (list) => {
      const come = list.at(-1) as Verdict;
      const known = list.slice(0, -1);
      const newest = known.every(({ at, answer }) => at < come.at || (at === come.at && answer === "GREEN"));
      expect(effectOf("APPROVED", known, come)).toBe(newest && come.answer === "RED" ? "reopen" : "note");
    }),
  );
});

test("a verdict on what nobody approved is noted, and no more", () => {
  expect(effectOf("PENDING", [], { at: 1, answer: "RED" })).toBe("note");
  expect(effectOf("REJECTED_FINAL", [], { at: 1, answer: "GREEN" })).toBe("note");
});

test("the vendor's times are UTC, whatever the zone of the machine", () => {
  expect(readVendorTime("2026-03-02 10:00:00.125")?.toISOString()).toBe("2026-03-02T10:00:00.125Z");
  expect(readVendorTime("2026-03-02 10:00:00+0000")?.toISOString()).toBe("2026-03-02T10:00:00.000Z");
  expect(readVendorTime("yesterday")).toBeUndefined();
  expect(readVendorTime(formatVendorTime(1_772_445_600_125))?.getTime()).toBe(1_772_445_600_125);
});
