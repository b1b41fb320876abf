/** What the index leaves out unread could not have been a match: it finds what comparing with everybody finds. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { compareNames } from "./compare-names.ts";
import type { ListEntry } from "./list-entry.ts";
import { readName } from "./name-form.ts";
import { readSubject } from "./score-match.ts";
import { buildScreeningIndex } from "./screening-index.ts";
import type { ScreeningRuleBody } from "./screening-rule.ts";

const penalties = { country: 0, birthYear: 0, birthDay: 0, surname: 0, gender: 0 };
/** Few syllables, so that many names are nearly alike. */
const syllable = fc.constantFrom("ka", "ro", "mi", "sha", "del", "ter", "lu", "ben", "na", "na", "mm", "e");
const word = fc.array(syllable, { minLength: 1, maxLength: 4 }).map((of) => of.join(""));
const name = fc.array(word, { minLength: 1, maxLength: 4 }).map((of) => of.join(" "));

function entryOf(full: string, ref: number): ListEntry {
  const base = { source: "HOUSE", kind: "PERSON", topic: "SANCTION", gender: null } as const;
  const names = [{ full, surname: null, quality: "PRIMARY" as const }];
  return { ...base, ref: String(ref), names, births: [], countries: [], programs: [], wallets: [], remarks: "" };
}

test("nobody who reaches the threshold is left out, and each has the points that a comparison alone gives", () => {
  fc.assert(
    fc.property(
      fc.array(name, { minLength: 1, maxLength: 60 }),
      fc.array(name, { minLength: 1, maxLength: 10 }),
      fc.constantFrom(700, 850, 930),
      (listed, asked, threshold) => {
        const rule: ScreeningRuleBody = { threshold, penalties };
        const index = buildScreeningIndex(listed.map(entryOf));
        for (const player of asked) {
          const subject = readSubject({ name: player, surname: null, birthDate: null, country: null, gender: null });
          const form = readName(player);
          const plain = listed
            .map((full, ref) => [String(ref), compareNames(form, readName(full)).points] as const)
            .filter(([, points]) => points >= threshold);
          const found = index.find(subject, rule).map(({ entry, score }) => [entry.ref, score] as const);
          expect(new Map(found)).toEqual(new Map(plain));
        }
      },
    ),
    { numRuns: 150 },
  );
});
