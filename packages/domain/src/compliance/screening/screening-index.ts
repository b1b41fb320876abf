/**
 * The persons of the lists in memory, so that one name meets all of them in a few milliseconds. A part of the name that
 * is asked for is held against each different part once, not against each person; whoever has no part in common, and no
 * similar whole, is never compared. (`npm run bench:screening` measures it.)
 */
import { aloneWeight, leastAlike, lettersPerEdit, spellingOf } from "./compare-names.ts";
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
}

interface VocabularyPart extends NamePart {
  /** Numbers of the names that it is a part of. */
  readonly names: number[];
}

interface Vocabulary {
  readonly parts: readonly VocabularyPart[];
  /** Of each part in its place: letters that it holds, its length, its first letter. Side by side, they are read fast. */
  readonly masks: Int32Array;
  readonly lengths: Uint8Array;
  readonly firsts: Uint16Array;
  readonly bySound: ReadonlyMap<string, readonly number[]>;
}

/** A listed part that fits has at most so many letters for each of the player's: scripts without vowels have half. */
const mostLetters = 2.2;

/**
 * The least share of the player's letters that has to fit for a name to reach the threshold at all. What does not fit
 * weighs at least `aloneWeight.player` twice; what fits has at most `1 + mostLetters` for each of its letters.
 */
function leastShare(threshold: number): number {
  const alone = ((1_000 - threshold) / threshold) * ((1 + mostLetters) / (2 * aloneWeight.player));
  return leastAlike / (1 + alone);
}

export function buildScreeningIndex(entries: readonly ListEntry[]): ScreeningIndex {
  const persons = entries.filter(({ kind }) => kind === "PERSON");
  const forms = persons.map(({ names }) => names.map(({ full }) => readName(full)));
  const names: IndexedName[] = forms.flatMap((of, entry) => of.map((form, place) => ({ entry, place, form })));
  const vocabulary = buildVocabulary(names);
  const wholes = new Map<string, number[]>();
  for (const [index, { form }] of names.entries()) {
    add(wholes, form.joined, index);
    if (form.fingerprint !== form.joined) add(wholes, form.fingerprint, index);
  }

  /** Numbers of names that may reach the threshold. */
  function candidates(subject: SubjectForm, threshold: number): Set<number> {
    const least = leastShare(threshold);
    const letters = subject.form.joined.length;
    const fits = new Float32Array(names.length);
    const touched: number[] = [];
    for (const part of subject.form.parts) {
      const best = new Map<number, number>();
      for (const [known, alike] of findAlike(vocabulary, part)) {
        for (const name of vocabulary.parts[known]?.names ?? []) {
          if (alike > (best.get(name) ?? 0)) best.set(name, alike);
        }
      }
      for (const [name, alike] of best) {
        if (fits[name] === 0) touched.push(name);
        fits[name] = (fits[name] ?? 0) + alike * part.text.length;
      }
    }
    const found = new Set<number>();
    for (const name of touched) {
      const known = names[name];
      if (known === undefined) continue;
      if ((fits[name] ?? 0) >= least * letters || mayBeEdited(subject.form, known.form)) found.add(name);
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
    lengths: Uint8Array.from(parts, ({ text }) => Math.min(text.length, 255)),
    firsts: Uint16Array.from(parts, ({ text }) => text.charCodeAt(0)),
    bySound,
  };
}

/**
 * Two parts whose first letters differ get no bonus for their beginning, so that their letters have to do it all; the
 * others get at most four letters' worth of it.
 */
const leastJaro = { other: leastAlike, same: (leastAlike - 0.4) / 0.6 } as const;

/** Numbers of the parts that are alike, with how much: all, since none is left out but by what can't be. */
function findAlike({ parts, masks, lengths, firsts, bySound }: Vocabulary, part: NamePart): Map<number, number> {
  const alike = new Map<number, number>();
  for (const sound of part.sounds) for (const index of bySound.get(sound) ?? []) alike.set(index, leastAlike);
  const { text, mask } = part;
  const length = text.length;
  const first = text.charCodeAt(0);
  for (let index = 0; index < parts.length; index += 1) {
    const other = lengths[index] ?? 0;
    const otherMask = masks[index] ?? 0;
    const least = 3 * (firsts[index] === first ? leastJaro.same : leastJaro.other) - 1;
    const byLength = Math.min(length, other);
    if (byLength / length + byLength / other < least) continue;
    const shared = Math.min(length - countBits(mask & ~otherMask), other - countBits(otherMask & ~mask));
    if (shared / length + shared / other < least) continue;
    const spelling = spellingOf(text, parts[index]?.text ?? "");
    if (spelling >= leastAlike) alike.set(index, spelling);
  }
  return alike;
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
