/** One person, firm or thing on a list of sanctions or of politically exposed persons, whatever list it came from. */

export const listSources = ["OFAC_SDN", "UN", "EU", "UK", "PEP", "HOUSE"] as const;
export type ListSource = (typeof listSources)[number];

/** A weak alias is one that its list calls so: it alone is no reason to refuse anybody. */
export type NameQuality = "PRIMARY" | "STRONG" | "WEAK";

export interface ListedName {
  /** In its own script, as the list spells it; given names first, where the list says which those are. */
  readonly full: string;
  /** Null where the list does not part names. */
  readonly surname: string | null;
  readonly quality: NameQuality;
}

/** A birth as far as it is known. */
export interface ListedBirth {
  readonly year: number;
  /** Years by which it may be off: 0, or more where the list says "circa" or names a span. */
  readonly spread: number;
  /** `MM-DD`; null where the list has a year alone. */
  readonly day: string | null;
}

export interface ListEntry {
  readonly source: ListSource;
  /** What the list itself calls the entry by; the same over all of its versions. */
  readonly ref: string;
  readonly kind: "PERSON" | "OTHER";
  readonly topic: "SANCTION" | "PEP";
  readonly names: readonly ListedName[];
  readonly births: readonly ListedBirth[];
  /** ISO 3166-1 alpha-2: of nationality, citizenship and addresses. */
  readonly countries: readonly string[];
  readonly gender: "M" | "F" | null;
  readonly programs: readonly string[];
  /** Addresses on chains that belong to it. */
  readonly wallets: readonly { readonly asset: string; readonly address: string }[];
  readonly remarks: string;
}

export type Topic = ListEntry["topic"];
