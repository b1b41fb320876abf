/** One name against 20,000 listed persons with their other names: how long a search of the index in memory takes. */
import type { ListEntry } from "@pitboss/domain/compliance/screening/list-entry";
import { readSubject } from "@pitboss/domain/compliance/screening/score-match";
import { buildScreeningIndex } from "@pitboss/domain/compliance/screening/screening-index";

const entriesCount = 20_000;
const searches = 2_000;
const rule = {
  threshold: 850,
  penalties: { country: 50, birthYear: 200, birthDay: 80, surname: 150, gender: 150 },
};

// Syllables make as many different parts of names as lists have; a few are as common as Mohammed is there.
const syllables = [
  "ka",
  "ro",
  "mi",
  "sha",
  "del",
  "vin",
  "ter",
  "os",
  "lu",
  "ben",
  "dar",
  "wi",
  "na",
  "gor",
  "hal",
  "ze",
];
const common = ["mohammed", "ahmed", "ali", "ivan", "jose", "maria", "kim", "hassan", "abdul", "carlos"];
let seed = 20_261_127;

function next(below: number): number {
  // Numerical Recipes' linear congruential generator: the same names on every run.
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((seed / 2 ** 32) * below);
}

function part(): string {
  if (next(4) === 0) return common[next(common.length)] ?? "";
  return Array.from({ length: 2 + next(3) }, () => syllables[next(syllables.length)] ?? "").join("");
}

function name(): string {
  return Array.from({ length: 2 + next(3) }, part).join(" ");
}

function entry(ref: number): ListEntry {
  const names = Array.from({ length: 1 + next(4) }, () => ({
    full: name(),
    surname: null,
    quality: "PRIMARY" as const,
  }));
  const births = [{ year: 1940 + next(60), spread: 0, day: null }];
  const base = { source: "HOUSE", kind: "PERSON", topic: "SANCTION", gender: null } as const;
  return { ...base, ref: String(ref), names, births, countries: [], programs: [], wallets: [], remarks: "" };
}

const entries = Array.from({ length: entriesCount }, (_, ref) => entry(ref));
const names = entries.reduce((count, { names: all }) => count + all.length, 0);
const before = performance.now();
const index = buildScreeningIndex(entries);
const builtMs = performance.now() - before;

const times: number[] = [];
let matches = 0;
for (let count = 0; count < searches; count += 1) {
  const subject = readSubject({ name: name(), surname: null, birthDate: "1970-01-01", country: "MT", gender: null });
  const started = performance.now();
  matches += index.find(subject, rule).length;
  times.push(performance.now() - started);
}
times.sort((a, b) => a - b);
const at = (share: number): string => (times[Math.floor((times.length - 1) * share)] ?? 0).toFixed(2);
process.stdout.write(
  `${index.entries} persons, ${names} names, index built in ${builtMs.toFixed(0)} ms\n` +
    `${searches} searches, ${matches} matches: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, p99 ${at(0.99)} ms, most ${at(1)} ms\n`,
);
