/**
 * The persons of the lists in memory, so that one name meets all of them in a few milliseconds. A part of the name that
 * is asked for is held against each different part once, not against each person; whoever has no part in common, and no
 * similar whole, is never compared. (`npm run bench:screening` measures it.)
 */
import {
  leastAlike,
  leastJaro,
  lettersPerEdit,
  listedAloneWeight,
  playerAloneWeight,
  spellingOf,
} from "./compare-names.ts";
import { prefixMost } from "./jaro-winkler.ts";
import type { ListEntry } from "./list-entry.ts";
import { countBits, type NameForm, type NamePart, readName } from "./name-form.ts";
import { type MatchScore, scoreMatch, type SubjectForm } from "./score-match.ts";
import type { ScreeningRuleBody } from "./screening-rule.ts";

export interface Match extends MatchScore {
  readonly entry: ListEntry;
}

export interface ScreeningIndex {
  readonly entries: number;
  /** All that reach the rule's threshold, best first. */
  find(subject: SubjectForm, rule: ScreeningRuleBody): Match[];
}

interface IndexedName {
  readonly entry: number;
  /** Among the entry's names. */
  readonly place: number;
  readonly form: NameForm;
  /** For so many parts that fit, the longest ones: their letters, and what all others weigh. */
  readonly fitted: readonly { readonly letters: number; readonly alone: number }[];
}

interface VocabularyPart extends NamePart {
  /** Numbers of the names that it is a part of. */
  readonly names: number[];
}

interface Vocabulary {
  readonly parts: readonly VocabularyPart[];
  /** Of each part in its place: letters that it holds, and twice; its length, its first letters. Side by side, they are read fast. */
  readonly masks: Int32Array;
  readonly twice: Int32Array;
  readonly lengths: Uint8Array;
  readonly heads: Int32Array;
  readonly bySound: ReadonlyMap<string, readonly number[]>;
}

function readFitted(form: NameForm): IndexedName["fitted"] {
  const lengths = form.parts.map(({ text }) => text.length).sort((a, b) => b - a);
  return [0, ...lengths].map((_length, count) => ({
    letters: lengths.slice(0, count).reduce((sum, length) => sum + length, 0),
    alone: lengths.slice(count).reduce((sum, length) => sum + listedAloneWeight(length), 0),
  }));
}

export function buildScreeningIndex(entries: readonly ListEntry[]): ScreeningIndex {
  const persons = entries.filter(({ kind }) => kind === "PERSON");
  const forms = persons.map(({ names }) => names.map(({ full }) => readName(full)));
  const names: IndexedName[] = forms.flatMap((of, entry) =>
    of.map((form, place) => ({ entry, place, form, fitted: readFitted(form) })),
  );
  const vocabulary = buildVocabulary(names);
  const alikeTo = rememberAlike(vocabulary);
  const wholes = new Map<string, number[]>();
  for (const [index, { form }] of names.entries()) {
    add(wholes, form.joined, index);
    if (form.fingerprint !== form.joined) add(wholes, form.fingerprint, index);
  }

  /** Numbers of names that may reach the threshold. */
  function candidates(subject: SubjectForm, threshold: number): Set<number> {
    // Points are rounded.
    const least = (threshold - 0.5) / 1_000;
    const letters = subject.form.joined.length;
    /** Of each name: the player's letters that fit into it, how many parts they are, and the last part that was looked for. */
    const fits = new Uint16Array(names.length);
    const counts = new Uint8Array(names.length);
    const seen = new Uint8Array(names.length);
    const touched: number[] = [];
    for (const [index, part] of subject.form.parts.entries()) {
      for (const known of alikeTo(part)) {
        for (const name of vocabulary.parts[known]?.names ?? []) {
          if (seen[name] === index + 1) continue;
          if (counts[name] === 0) touched.push(name);
          seen[name] = index + 1;
          counts[name] = (counts[name] ?? 0) + 1;
          fits[name] = (fits[name] ?? 0) + part.text.length;
        }
      }
    }
    const found = new Set<number>();
    for (const name of touched) {
      const known = names[name];
      if (known === undefined) continue;
      const most = mostPoints(known, fits[name] ?? 0, counts[name] ?? 0, letters);
      if (most >= least || mayBeEdited(subject.form, known.form)) found.add(name);
    }
    for (const whole of [subject.form.joined, subject.form.fingerprint]) {
      for (const name of wholes.get(whole) ?? []) found.add(name);
    }
    return found;
  }

  return {
    entries: persons.length,
    find(subject, rule) {
      const matches: Match[] = [];
      const byEntry = new Map<number, (NameForm | undefined)[]>();
      for (const number of candidates(subject, rule.threshold)) {
        const name = names[number];
        if (name === undefined) continue;
        const asked = byEntry.get(name.entry) ?? [];
        asked[name.place] = name.form;
        byEntry.set(name.entry, asked);
      }
      for (const [number, asked] of byEntry) {
        const entry = persons[number];
        const scored = entry && scoreMatch(subject, entry, asked, rule);
        if (entry === undefined || scored === undefined || scored.score < rule.threshold) continue;
        matches.push({ ...scored, entry });
      }
      return matches.sort((a, b) => b.score - a.score || (a.entry.ref < b.entry.ref ? -1 : 1));
    },
  };
}

/**
 * The most points, 0 to 1, that a name can have where so many of the player's letters fit into it, in so many parts: all
 * of them fit exactly, into the longest of the listed parts, and what is left over weighs as `compareNames` has it.
 */
function mostPoints({ fitted }: IndexedName, fits: number, count: number, letters: number): number {
  const listed = fitted[Math.min(count, fitted.length - 1)];
  const got = fits + (listed?.letters ?? 0);
  return got / (got + playerAloneWeight(letters - fits) + (listed?.alone ?? 0));
}

function buildVocabulary(names: readonly IndexedName[]): Vocabulary {
  const known = new Map<string, VocabularyPart>();
  for (const [index, { form }] of names.entries()) {
    for (const part of new Set(form.parts)) {
      const before = known.get(part.text);
      if (before === undefined) known.set(part.text, { ...part, names: [index] });
      else if (before.names.at(-1) !== index) before.names.push(index);
    }
  }
  const parts = [...known.values()];
  const bySound = new Map<string, number[]>();
  for (const [index, { sounds }] of parts.entries()) for (const sound of sounds) add(bySound, sound, index);
  return {
    parts,
    masks: Int32Array.from(parts, ({ mask }) => mask),
    twice: Int32Array.from(parts, ({ twice }) => twice),
    lengths: Uint8Array.from(parts, ({ text }) => Math.min(text.length, 255)),
    heads: Int32Array.from(parts, ({ text }) => headOf(text)),
    bySound,
  };
}

/**
 * How many letters parts of this length and each other length have to share, so that they can be alike where the first
 * `prefix` letters are the same: for those they get a bonus, and the fewer they are the more all letters have to do.
 */
function sharedNeeded(length: number, prefix: number): Uint16Array {
  const least = 3 * leastJaro(prefix) - 1;
  return Uint16Array.from({ length: 256 }, (_, other) => Math.ceil(least / (1 / length + 1 / other) - 1e-9));
}

/** The first four letters, the first one highest: what two of them differ in says how many are the same. */
function headOf(text: string): number {
  let head = 0;
  for (let index = 0; index < prefixMost; index += 1) head = (head << 8) | (text.charCodeAt(index) & 0xff);
  return head;
}

/** Numbers of the parts that are alike: all, since none is left out but by what can't be. */
function findAlike({ parts, masks, twice, lengths, heads, bySound }: Vocabulary, part: NamePart): number[] {
  const alike = new Set<number>();
  for (const sound of part.sounds) for (const index of bySound.get(sound) ?? []) alike.add(index);
  const { text, mask } = part;
  const length = text.length;
  const head = headOf(text);
  const neededFor = Array.from({ length: prefixMost + 1 }, (_, prefix) => sharedNeeded(length, prefix));
  for (let index = 0; index < parts.length; index += 1) {
    const other = lengths[index] ?? 0;
    // Bits that differ begin in the letter that does; none of 32 differs where all four letters are the same.
    const needed = neededFor[Math.clz32((heads[index] ?? 0) ^ head) >> 3]?.[other] ?? 0;
    if (needed > length || needed > other) continue;
    const otherMask = masks[index] ?? 0;
    const mine = length - countBits(mask & ~otherMask);
    const others = other - countBits(otherMask & ~mask);
    if (mine < needed || others < needed) continue;
    const otherTwice = twice[index] ?? 0;
    if (mine - countBits(part.twice & ~otherTwice) < needed) continue;
    if (others - countBits(otherTwice & ~part.twice) < needed) continue;
    if (spellingOf(text, parts[index]?.text ?? "") >= leastAlike) alike.add(index);
  }
  return [...alike];
}

/** People share their given names: what was found for one is kept for the next, for so many parts. */
const mostKept = 8_192;

function rememberAlike(vocabulary: Vocabulary): (part: NamePart) => readonly number[] {
  const kept = new Map<string, readonly number[]>();
  return (part) => {
    const known = kept.get(part.text);
    if (known !== undefined) return known;
    if (kept.size >= mostKept) kept.clear();
    const found = findAlike(vocabulary, part);
    kept.set(part.text, found);
    return found;
  };
}

/** False where their letters alone show that they are too many edits apart. */
function mayBeEdited(one: NameForm, other: NameForm): boolean {
  const length = Math.max(one.joined.length, other.joined.length);
  const most = length / lettersPerEdit;
  if (Math.abs(one.joined.length - other.joined.length) > most) return false;
  return Math.max(countBits(one.mask & ~other.mask), countBits(other.mask & ~one.mask)) <= most;
}

function add(map: Map<string, number[]>, key: string, value: number): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}
