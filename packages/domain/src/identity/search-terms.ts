/**
 * What personal data are found by. Only keyed hashes of these spellings are stored (a blind index), so a search finds
 * whole words and whole addresses, never parts of them.
 */

/** Letters that Unicode does not take apart into a letter and a mark. */
const folded: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  ı: "i",
};

/** One spelling of an e-mail address. Addresses that differ in case alone are one account here. */
export function normaliseEmail(email: string): string {
  return email.trim().normalize("NFKC").toLowerCase();
}

/** The words of a name without case, marks and punctuation: `Łukasz O'Brien-Müller` gives lukasz, obrien, muller. */
export function nameWords(name: string): string[] {
  const plain = name
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .replace(/['’ʼ]/g, "")
    .replace(/[ßæœøłđðþı]/g, (letter) => folded[letter] ?? letter);
  return [...new Set(plain.split(/[^\p{L}\p{N}]+/u).filter((word) => word.length > 0))];
}

export function normalisePhone(phone: string): string {
  return phone.replace(/[^0-9+]/g, "").replace(/^00/, "+");
}
