import { expect, test } from "vitest";
import { compareHits, type FreshMatch, screeningStateOf, type StandingHit } from "./hit-machine.ts";

const now = 1_000_000;
const hit: StandingHit = {
  id: 1n,
  entryKey: "UN|1",
  topic: "SANCTION",
  state: "FALSE_POSITIVE",
  score: 900,
  entryHash: "e1",
  subjectHash: "s1",
  expiresAtMs: now + 1,
};
const match: FreshMatch = { entryKey: "UN|1", topic: "SANCTION", entryHash: "e1", score: 900 };

test("what was dismissed stays so while entry, player and score are the same", () => {
  expect(compareHits([hit], [match], "s1", now)).toEqual([]);
});

test.each([
  ["EXPIRED", { ...hit, expiresAtMs: now }, match, "s1"],
  ["ENTRY_CHANGED", hit, { ...match, entryHash: "e2" }, "s1"],
  ["PLAYER_CHANGED", hit, match, "s2"],
  ["SCORE_ROSE", hit, { ...match, score: 950 }, "s1"],
] as const)("what was dismissed is opened again: %s", (cause, standing, fresh, subject) => {
  expect(compareHits([standing], [fresh], subject, now)).toEqual([
    { kind: "reopen", hit: standing, score: fresh.score, cause },
  ]);
});

test("a new match opens a hit, and one that came back is found", () => {
  const gone = { ...hit, entryKey: "UN|2", state: "GONE" } as const;
  const changes = compareHits([gone], [match, { ...match, entryKey: "UN|2" }], "s1", now);
  expect(changes).toEqual([
    { kind: "open", entryKey: "UN|1", score: 900 },
    { kind: "find", hit: gone, score: 900 },
  ]);
});

test("a hit without a match vanishes, but one that was confirmed stays", () => {
  const open = { ...hit, state: "OPEN" } as const;
  const confirmed = { ...hit, entryKey: "UN|3", state: "TRUE_POSITIVE" } as const;
  expect(compareHits([open, confirmed], [], "s1", now)).toEqual([{ kind: "vanish", hit: open }]);
});

test("a confirmed sanction blocks, a confirmed office does not, and what is open waits", () => {
  const of = (state: StandingHit["state"], topic: StandingHit["topic"]) => ({ state, topic });
  expect(screeningStateOf([])).toBe("CLEAR");
  expect(screeningStateOf([of("FALSE_POSITIVE", "SANCTION"), of("GONE", "SANCTION")])).toBe("CLEAR");
  expect(screeningStateOf([of("OPEN", "PEP")])).toBe("HIT");
  expect(screeningStateOf([of("TRUE_POSITIVE", "PEP")])).toBe("CLEAR");
  expect(screeningStateOf([of("OPEN", "PEP"), of("TRUE_POSITIVE", "SANCTION")])).toBe("BLOCKED");
});
