import fc from "fast-check";
import { expect, test } from "vitest";
import { createPacks } from "../risk/jurisdiction-pack.ts";
import { packOf } from "../risk/packs.fixture.ts";
import {
  type ChargeSegment,
  chargeOn,
  chargeTerms,
  type ChargeVersion,
  feeSegments,
  percentOfPpm,
  ppmOfPercent,
  taxSegments,
} from "./charges.ts";

const day = fc
  .integer({ min: 0, max: 60 })
  .map((index) => new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10));
const versions = (kind: ChargeVersion["kind"], subjects: readonly string[]) =>
  fc
    .array(
      fc.record({
        subject: fc.constantFrom(...subjects),
        effectiveFrom: day,
        ratePpm: fc.integer({ min: 0, max: 500_000 }),
      }),
      {
        maxLength: 12,
      },
    )
    .map((all): ChargeVersion[] =>
      all.map((one, index) => ({ kind, base: "GGR", minimum: null, version: index + 1, ...one })),
    );

/** What a report finds for a key on a day. */
function inSegments(segments: readonly ChargeSegment[], key: string, on: string): number {
  const segment = segments.filter(({ from }) => from <= on).at(-1);
  return (segment?.rates.get(key) ?? segment?.otherwise)?.ratePpm ?? 0;
}

test("on each day a provider's rate is that of the version which was the last to begin", () => {
  fc.assert(
    fc.property(
      versions("PROVIDER_FEE", ["reels", "tables"]),
      day,
      fc.constantFrom("reels", "tables", "other"),
      (all, on, subject) => {
        const expected = all
          .filter((one) => one.subject === subject && one.effectiveFrom <= on)
          .reduce<ChargeVersion | undefined>(
            (best, one) => (best === undefined || one.effectiveFrom >= best.effectiveFrom ? one : best),
            undefined,
          );
        expect(chargeOn(all, "PROVIDER_FEE", subject, on)).toBe(expected);
        expect(inSegments(feeSegments(all), subject, on)).toBe(expected?.ratePpm ?? 0);
      },
    ),
  );
});

test("a country is taxed by its own jurisdiction, and by the default one where it has none", () => {
  const packs = createPacks([
    packOf({}),
    packOf({}, { code: "MT", countries: ["MT"] }),
    packOf({}, { code: "DE", countries: ["DE"] }),
    // From here on Austria is under the German pack; it began within a day, and so counts from the next one.
    packOf({}, { code: "DE", version: 2, countries: ["DE", "AT"], effectiveFromMs: Date.UTC(2026, 0, 20, 9) }),
  ]);
  fc.assert(
    fc.property(
      versions("TAX", ["MT", "DE", "DEFAULT"]),
      day,
      fc.constantFrom("MT", "DE", "AT", "FI"),
      (all, on, country) => {
        const code =
          country === "MT" ? "MT" : country === "DE" || (country === "AT" && on >= "2026-01-21") ? "DE" : "DEFAULT";
        expect(inSegments(taxSegments(all, packs), country, on)).toBe(chargeOn(all, "TAX", code, on)?.ratePpm ?? 0);
      },
    ),
  );
});

test("a percentage is read to its last decimal, and shown as it was given", () => {
  expect(ppmOfPercent("5.0332")).toBe(50_332);
  expect(ppmOfPercent("100")).toBe(1_000_000);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1_000_000 }), (ppm) => {
      expect(ppmOfPercent(percentOfPpm(ppm))).toBe(ppm);
    }),
  );
});

test("terms that no contract could mean are refused", () => {
  const terms = {
    kind: "TAX",
    subject: "DE",
    effectiveFrom: "2026-01-01",
    base: "STAKES",
    percent: "5.3",
    minimum: null,
  };
  expect(chargeTerms.safeParse(terms).success).toBe(true);
  for (const wrong of [
    { percent: "100.01" },
    { percent: "-1" },
    { percent: "5.00001" },
    { effectiveFrom: "2026-02-30" },
  ]) {
    expect(chargeTerms.safeParse({ ...terms, ...wrong }).success).toBe(false);
  }
});
