/**
 * Whether the holder of a bank account is the player. Banks write names in capitals, without accents, the family name
 * first, shortened, or with the partner's beside it; a third person's money is not taken, whoever says so.
 */
import { distance } from "fastest-levenshtein";
import { nameWords } from "../../identity/search-terms.ts";

export const nameMatches = ["MATCH", "PARTIAL", "MISMATCH", "UNKNOWN"] as const;
export type NameMatch = (typeof nameMatches)[number];

export interface PlayerName {
  readonly firstName: string;
  readonly lastName: string;
}

/** Shorter words differ by a letter from too many others. */
const fuzzyFrom = 5;
/** What German writes for the dots, and a bank may too. */
const spelledOut: readonly (readonly [string, string])[] = [
  ["ä", "ae"],
  ["ö", "oe"],
  ["ü", "ue"],
];

/** UNKNOWN where the house does not know the player's name, or the bank tells none. */
export function compareNames(holder: string, player: PlayerName | undefined): NameMatch {
  const told = nameWords(holder);
  if (player === undefined || told.length === 0) return "UNKNOWN";
  const has = (words: readonly string[]): boolean =>
    words.length > 0 && words.every((word) => told.some((one) => isSame(one, word)));
  const either = (name: string, test: (words: readonly string[]) => boolean): boolean =>
    test(nameWords(name)) || test(nameWords(spellOut(name)));
  const family = either(player.lastName, has);
  if (!family) return "MISMATCH";
  const first = either(player.firstName, (words) => words.some((word) => told.some((one) => isSame(one, word))));
  if (first) return "MATCH";
  // "A BYRON" may be Ada, and "Mr and Mrs Byron" too.
  return "PARTIAL";
}

function isSame(a: string, b: string): boolean {
  if (a === b) return true;
  return Math.min(a.length, b.length) >= fuzzyFrom && distance(a, b) <= 1;
}

function spellOut(name: string): string {
  return spelledOut.reduce(
    (text, [letter, letters]) => text.replaceAll(letter, letters),
    name.normalize("NFC").toLowerCase(),
  );
}
