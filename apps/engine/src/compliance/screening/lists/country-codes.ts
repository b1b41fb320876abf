/** Lists write countries as English names; players have ISO 3166-1 codes. */

/** Spellings of the lists that differ from the Unicode names of countries. */
const otherNames: Readonly<Record<string, string>> = {
  burma: "MM",
  "congo (democratic republic)": "CD",
  "congo, democratic republic of the": "CD",
  "democratic republic of the congo": "CD",
  "cote d ivoire": "CI",
  "czech republic": "CZ",
  "democratic people's republic of korea": "KP",
  dprk: "KP",
  "great britain": "GB",
  "hong kong": "HK",
  "iran (islamic republic of)": "IR",
  "iran, islamic republic of": "IR",
  "islamic republic of iran": "IR",
  "korea, north": "KP",
  "korea, south": "KR",
  macau: "MO",
  palestinian: "PS",
  "west bank": "PS",
  "region: gaza": "PS",
  "republic of korea": "KR",
  "russian federation": "RU",
  swaziland: "SZ",
  "syrian arab republic": "SY",
  "the gambia": "GM",
  turkey: "TR",
  türkiye: "TR",
  "united states of america": "US",
  usa: "US",
  uk: "GB",
  "venezuela (bolivarian republic of)": "VE",
  "viet nam": "VN",
};

const codes = readCodes();

/** Undefined where the text is no country that is known by this name; compared without it then. */
export function countryCode(text: string): string | undefined {
  const trimmed = text.trim();
  if (/^[A-Z]{2}$/.test(trimmed)) return trimmed;
  return codes.get(trimmed.toLowerCase());
}

function readCodes(): Map<string, string> {
  const names = new Intl.DisplayNames(["en"], { type: "region", fallback: "none" });
  const known = new Map<string, string>(Object.entries(otherNames));
  for (let first = 65; first <= 90; first += 1) {
    for (let second = 65; second <= 90; second += 1) {
      const code = String.fromCharCode(first, second);
      const name = names.of(code);
      if (name !== undefined && !known.has(name.toLowerCase())) known.set(name.toLowerCase(), code);
    }
  }
  return known;
}
