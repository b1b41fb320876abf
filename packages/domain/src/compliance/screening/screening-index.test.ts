import { describe, expect, test } from "vitest";
import { labelledNames } from "./labelled-names.fixture.ts";
import type { ListEntry } from "./list-entry.ts";
import { readSubject } from "./score-match.ts";
import { buildScreeningIndex } from "./screening-index.ts";
import type { ScreeningRuleBody } from "./screening-rule.ts";

const rule: ScreeningRuleBody = {
  threshold: 850,
  penalties: { country: 50, birthYear: 200, birthDay: 80, surname: 150, gender: 150 },
};
const everyone = buildScreeningIndex(labelledNames.map(({ entry }) => entry));

function isFound(player: (typeof labelledNames)[number]["player"], entry: ListEntry): boolean {
  return everyone.find(readSubject(player), rule).some((match) => match.entry.ref === entry.ref);
}

describe("on the labelled set", () => {
  const found = labelledNames.map((pair) => ({ ...pair, hit: isFound(pair.player, pair.entry) }));

  test("only names that a script without vowels leaves two consonants of are missed: recall 32 of 34", () => {
    const missed = found.filter(({ same, hit }) => same && !hit).map(({ why }) => why);
    expect(missed).toEqual(["Persian", "Hebrew"]);
    expect(found.filter(({ same }) => same)).toHaveLength(34);
  });

  test("nobody who is not listed is a hit: precision 32 of 32", () => {
    const wrong = found.filter(({ same, hit }) => !same && hit).map(({ why }) => why);
    expect(wrong).toEqual([]);
    expect(found.filter(({ same }) => !same).length).toBeGreaterThanOrEqual(20);
  });
});

test("the index finds whom comparing with every single entry finds", () => {
  const alone = labelledNames.map(({ entry }) => buildScreeningIndex([entry]));
  for (const { player } of labelledNames) {
    const subject = readSubject(player);
    const one = alone.flatMap((index) => index.find(subject, rule)).map(({ entry }) => entry.ref);
    const all = everyone.find(subject, rule).map(({ entry }) => entry.ref);
    expect(new Set(all)).toEqual(new Set(one));
  }
});

test("a score is the best method's points less the penalties, and says what each was made of", () => {
  const { player, entry } = labelledNames.find(({ why }) => why === "lives elsewhere") ?? never();
  const [match] = buildScreeningIndex([entry]).find(readSubject(player), rule);
  expect(match?.comparison.methods.literal).toBe(1_000);
  expect(match?.penalties.filter(({ points }) => points > 0)).toEqual([
    { name: "country", player: "MT", listed: "VE", points: 50 },
  ]);
  expect(match?.score).toBe(950);
});

test("firms are not compared with players", () => {
  const { player, entry } = labelledNames[0] ?? never();
  expect(buildScreeningIndex([{ ...entry, kind: "OTHER" }]).find(readSubject(player), rule)).toEqual([]);
});

function never(): never {
  throw new Error("the labelled set has this pair");
}
