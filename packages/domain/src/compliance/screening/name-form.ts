/**
 * A name as it is compared: any script in Latin letters, without case, marks and punctuation, in parts whose order does
 * not matter, each with what it sounds like.
 */
import anyAscii from "any-ascii";
import { doubleMetaphone } from "double-metaphone";

export interface NamePart {
  readonly text: string;
  /** Which of a to z it holds, a bit each: tells in one operation that two parts can't be alike. */
  readonly mask: number;
  /** The same of those that it holds more than once. */
  readonly twice: number;
  /** What it sounds like. Two parts that share a code sound alike. */
  readonly sounds: readonly string[];
}

export interface NameForm {
  readonly parts: readonly NamePart[];
  /** The parts in their order without spaces: languages differ in where they part a name. */
  readonly joined: string;
  /** The parts in the order of the alphabet, without spaces. */
  readonly fingerprint: string;
  readonly mask: number;
}

/** What a list or a player puts beside a name and is none. */
const titles = new Set(["mr", "mrs", "ms", "miss", "dr", "prof", "sir", "sheikh", "shaykh", "haji", "mullah"]);

/** The Arabic article belongs to the word behind it, whichever way it is written. */
const articles = new Set(["al", "el", "ul"]);

export function readName(text: string): NameForm {
  const latin = anyAscii(text.normalize("NFKC"))
    .toLowerCase()
    .replace(/['’ʼ`]/g, "");
  const words = latin.split(/[^a-z0-9]+/).filter((word) => word.length > 0);
  const named = words.filter((word) => !titles.has(word));
  const parts = joinArticles(named.length > 0 ? named : words).map(readPart);
  const joined = parts.map((part) => part.text).join("");
  const fingerprint = parts
    .map((part) => part.text)
    .sort()
    .join("");
  return { parts, joined, fingerprint, mask: maskOf(joined) };
}

function joinArticles(words: readonly string[]): string[] {
  const joined: string[] = [];
  for (const [index, word] of words.entries()) {
    const before = words[index - 1];
    if (before !== undefined && articles.has(before)) joined.push(before + word);
    else if (!articles.has(word) || index === words.length - 1) joined.push(word);
  }
  return joined;
}

function readPart(text: string): NamePart {
  return { text, mask: maskOf(text), twice: twiceMaskOf(text), sounds: soundsOf(text) };
}

/**
 * Double Metaphone hears European spellings; the consonants alone are what Arabic and Hebrew write, and what the many
 * spellings of such a name in Latin letters have in common. Codes of fewer letters than these say too little.
 */
const leastSound = 2;
const leastConsonants = 3;

function soundsOf(text: string): string[] {
  const sounds = new Set<string>();
  for (const code of doubleMetaphone(text)) {
    if (code.length >= leastSound) sounds.add(code);
  }
  const consonants = (text.slice(0, 1) + text.slice(1).replace(/[aeiouyw]/g, "")).replace(/(.)\1+/g, "$1");
  if (consonants.length >= leastConsonants) sounds.add(`=${consonants}`);
  return [...sounds];
}

function maskOf(text: string): number {
  let mask = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index) - 97;
    if (code >= 0 && code < 26) mask |= 1 << code;
  }
  return mask;
}

function twiceMaskOf(text: string): number {
  let once = 0;
  let twice = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index) - 97;
    if (code < 0 || code >= 26) continue;
    twice |= once & (1 << code);
    once |= 1 << code;
  }
  return twice;
}

export function countBits(mask: number): number {
  let rest = mask - ((mask >>> 1) & 0x55555555);
  rest = (rest & 0x33333333) + ((rest >>> 2) & 0x33333333);
  return (((rest + (rest >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}
