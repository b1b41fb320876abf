/**
 * How alike two names are, by four methods whose best one counts. Each part of one name is held against the part of the
 * other that it fits best; what finds no partner weighs against it, less on the list's side, since lists spell names out
 * that people do not use.
 */
import { distance } from "fastest-levenshtein";
import { jaroWinkler, prefixMost, prefixWeight } from "./jaro-winkler.ts";
import { countBits, type NameForm, type NamePart } from "./name-form.ts";

export const nameMethods = ["literal", "phonetic", "edit", "jaroWinkler"] as const;
export type NameMethod = (typeof nameMethods)[number];

export interface PartPair {
  /** Null on the side that has no partner. */
  readonly player: string | null;
  readonly listed: string | null;
  /** 0 to 1000. */
  readonly alike: number;
  readonly by: "same" | "sound" | "spelling" | "alone";
}

export interface NameComparison {
  /** Each method's points, 0 to 1000. */
  readonly methods: Readonly<Record<NameMethod, number>>;
  readonly best: NameMethod;
  readonly points: number;
  readonly pairs: readonly PartPair[];
}

/** Parts that are less alike than this are two different parts. */
export const leastAlike = 0.82;
/** The same sound is less than the same spelling. */
const soundAlike = 0.94;
const aloneWeight = { player: 0.6, listed: 0.25 } as const;
/** A long patronymic that people leave out weighs no more than so many letters. */
const mostListedLetters = 6;
/** Words with the same beginning and another end have many letters in common, and are two words. */
const mostEdited = 0.4;
/** One edit in so many letters is still the same name. */
export const lettersPerEdit = 6;

interface Pair {
  readonly player: NamePart;
  readonly listed: NamePart;
  readonly spelling: number;
  readonly sound: number;
}

export function compareNames(player: NameForm, listed: NameForm): NameComparison {
  const pairs = pairParts(player.parts, listed.parts);
  const alone = {
    player: player.parts.filter((part) => !pairs.some((pair) => pair.player === part)),
    listed: listed.parts.filter((part) => !pairs.some((pair) => pair.listed === part)),
  };
  const methods = {
    literal: player.fingerprint === listed.fingerprint ? 1_000 : 0,
    phonetic: weigh(pairs, alone, ({ sound }) => sound),
    edit: editPoints(player, listed),
    jaroWinkler: weigh(pairs, alone, ({ spelling }) => spelling),
  };
  let best: NameMethod = "literal";
  for (const method of nameMethods) if (methods[method] > methods[best]) best = method;
  return { methods, best, points: methods[best], pairs: explain(pairs, alone) };
}

/** Best pairs first; each part is taken once. */
function pairParts(player: readonly NamePart[], listed: readonly NamePart[]): Pair[] {
  const possible: (Pair & { readonly alike: number })[] = [];
  for (const one of player) {
    for (const other of listed) {
      const spelling = mayBeAlike(one, other) ? spellingOf(one.text, other.text) : 0;
      const sound = spelling === 1 ? 1 : soundsAlike(one, other) ? soundAlike : 0;
      const alike = Math.max(spelling, sound);
      if (alike >= leastAlike) possible.push({ player: one, listed: other, spelling, sound, alike });
    }
  }
  possible.sort((a, b) => b.alike - a.alike);
  const pairs: Pair[] = [];
  for (const pair of possible) {
    if (pairs.some((taken) => taken.player === pair.player || taken.listed === pair.listed)) continue;
    pairs.push(pair);
  }
  return pairs;
}

/** 0 to 1; 0 where more of the letters differ than those of two spellings of one name do. */
export function spellingOf(one: string, other: string): number {
  const alike = jaroWinkler(one, other);
  if (alike < leastAlike || alike === 1) return alike;
  return distance(one, other) > mostEdited * Math.max(one.length, other.length) ? 0 : alike;
}

const leastOther = leastJaro(0);
const leastSame = leastJaro(prefixMost);

/** False where the letters that two parts can share show that their spellings are less alike than counts. */
function mayBeAlike(one: NamePart, other: NamePart): boolean {
  const [mine, others] = [one.text.length, other.text.length];
  const same = one.text.charCodeAt(0) === other.text.charCodeAt(0);
  const shared = Math.min(
    mine - countBits(one.mask & ~other.mask) - countBits(one.twice & ~other.twice),
    others - countBits(other.mask & ~one.mask) - countBits(other.twice & ~one.twice),
  );
  return (shared / mine + shared / others + 1) / 3 >= (same ? leastSame : leastOther) - 1e-9;
}

/** How alike by Jaro alone two words have to be where so many of their first letters are the same, to be alike at all. */
export function leastJaro(prefix: number): number {
  const bonus = prefix * prefixWeight;
  return (leastAlike - bonus) / (1 - bonus);
}

export function soundsAlike(one: NamePart, other: NamePart): boolean {
  return one.sounds.some((sound) => other.sounds.includes(sound));
}

interface Alone {
  readonly player: readonly NamePart[];
  readonly listed: readonly NamePart[];
}

/** By the number of letters: that a long part fits says more than that a short one does. */
function weigh(pairs: readonly Pair[], alone: Alone, alike: (pair: Pair) => number): number {
  let got = 0;
  let most = 0;
  for (const pair of pairs) {
    const letters = pair.player.text.length + pair.listed.text.length;
    const share = alike(pair);
    got += letters * (share >= leastAlike ? share : 0);
    most += letters;
  }
  for (const part of alone.player) most += playerAloneWeight(part.text.length);
  for (const part of alone.listed) most += listedAloneWeight(part.text.length);
  return most === 0 ? 0 : Math.round((1_000 * got) / most);
}

/** What so many letters of the player's weigh that find no partner. */
export function playerAloneWeight(letters: number): number {
  return 2 * letters * aloneWeight.player;
}

/** The same of a listed part. */
export function listedAloneWeight(letters: number): number {
  return 2 * Math.min(letters, mostListedLetters) * aloneWeight.listed;
}

/** Over the whole names, so that it does not matter where they are parted. */
function editPoints(player: NameForm, listed: NameForm): number {
  const length = Math.max(player.joined.length, listed.joined.length);
  if (length === 0) return 0;
  const edits = Math.min(distance(player.joined, listed.joined), distance(player.fingerprint, listed.fingerprint));
  return edits * lettersPerEdit > length ? 0 : Math.round(1_000 * (1 - edits / length));
}

function explain(pairs: readonly Pair[], alone: Alone): PartPair[] {
  return [
    ...pairs.map(({ player, listed, spelling, sound }): PartPair => {
      const by = spelling === 1 ? "same" : sound > spelling ? "sound" : "spelling";
      const alike = Math.round(1_000 * Math.max(spelling, sound));
      return { player: player.text, listed: listed.text, alike, by };
    }),
    ...alone.player.map((part): PartPair => ({ player: part.text, listed: null, alike: 0, by: "alone" })),
    ...alone.listed.map((part): PartPair => ({ player: null, listed: part.text, alike: 0, by: "alone" })),
  ];
}
