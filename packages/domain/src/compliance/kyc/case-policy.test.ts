import fc from "fast-check";
import { expect, test } from "vitest";
import { type CaseDecision, caseDecisions, type VerifiedLevel } from "./case-machine.ts";
import { caseChecklists, findUnchecked, reachedLevel, renewalAt, takesTwoPeople } from "./case-policy.ts";

const at = Date.parse("2026-01-31T10:00:00Z");

test("source of funds, taking back an approval, and approving what was taken back take two people", () => {
  const two = (level: VerifiedLevel, back: boolean): CaseDecision[] =>
    caseDecisions.filter((decision) => takesTwoPeople(decision, level, back));
  expect(two(1, false)).toEqual(["revoke"]);
  expect(two(2, true)).toEqual(["approve", "revoke"]);
  expect(two(3, false)).toEqual(["approve", "revoke"]);
});

test("a list is done when each of its points was ticked, whatever else was", () => {
  expect(findUnchecked(1, [...caseChecklists[1], "SOURCE_NAMED"])).toEqual([]);
  expect(findUnchecked(2, ["NAME_MATCHES"])).toEqual(caseChecklists[2].filter((one) => one !== "NAME_MATCHES"));
});

test("a level is asked for anew by the house's rhythm, on the last day of a shorter month", () => {
  expect(new Date(renewalAt(Date.parse("2025-02-28T10:00:00Z"), true, [])).toISOString()).toBe(
    "2026-02-28T10:00:00.000Z",
  );
  expect(new Date(renewalAt(Date.parse("2024-02-29T10:00:00Z"), true, [])).toISOString()).toBe(
    "2025-02-28T10:00:00.000Z",
  );
  expect(new Date(renewalAt(at, false, [])).toISOString()).toBe("2029-01-31T10:00:00.000Z");
});

test("the last document of identity that runs out brings it forward; a bill and one without a day do not", () => {
  const passport = { kind: "PASSPORT", validUntil: "2026-06-30" } as const;
  const card = { kind: "ID_CARD", validUntil: "2026-09-30" } as const;
  const ends = (documents: Parameters<typeof renewalAt>[2]) => new Date(renewalAt(at, false, documents)).toISOString();
  expect(ends([passport])).toBe("2026-07-01T00:00:00.000Z");
  expect(ends([passport, card])).toBe("2026-10-01T00:00:00.000Z");
  expect(ends([{ kind: "PROOF_OF_ADDRESS", validUntil: "2026-06-30" }])).toBe("2029-01-31T10:00:00.000Z");
  expect(ends([passport, { kind: "ID_CARD", validUntil: null }])).toBe("2029-01-31T10:00:00.000Z");
});

test("nothing holds for longer than the rhythm", () => {
  fc.assert(
    fc.property(fc.date({ min: new Date("2026-01-01"), max: new Date("2060-01-01"), noInvalidDate: true }), (day) => {
      const validUntil = day.toISOString().slice(0, 10);
      const document = { kind: "PASSPORT", validUntil } as const;
      expect(renewalAt(at, true, [document])).toBeLessThanOrEqual(renewalAt(at, true, []));
    }),
  );
});

test("a level above a gap does not count", () => {
  expect(reachedLevel([1, 3])).toBe(1);
  expect(reachedLevel([2, 3])).toBe(0);
  expect(reachedLevel([1, 2, 3])).toBe(3);
});
