/**
 * Whether two accounts are one person's, for an exclusion, which holds for the person. The birth date has to be the same;
 * then the same name will do. Where the name changed, by marriage or on purpose, something that they share has to say so,
 * and a given name: twins have one birth date, and often one address, and are two people.
 */
import { nameWords, normalisePhone } from "../identity/search-terms.ts";

export interface PersonFacts {
  readonly firstName?: string | undefined;
  readonly lastName?: string | undefined;
  readonly birthDate?: string | undefined;
  readonly phone?: string | undefined;
  readonly address?: string | undefined;
}

/** `linked` says that the accounts share what personal data don't tell: a device, or what was paid with. */
export function isSamePerson(one: PersonFacts, other: PersonFacts, linked: boolean): boolean {
  if (one.birthDate === undefined || one.birthDate !== other.birthDate) return false;
  const name = wholeName(one);
  if (name !== "" && name === wholeName(other)) return true;
  const given = new Set(nameWords(other.firstName ?? ""));
  if (!nameWords(one.firstName ?? "").some((word) => given.has(word))) return false;
  return linked || isShared(phoneOf(one), phoneOf(other)) || isShared(placeOf(one), placeOf(other));
}

/** The order of the words says nothing: forms ask for them in either. */
export function wholeName({ firstName = "", lastName = "" }: PersonFacts): string {
  return nameWords(`${firstName} ${lastName}`).sort().join(" ");
}

const phoneOf = ({ phone = "" }: PersonFacts): string => normalisePhone(phone);
const placeOf = ({ address = "" }: PersonFacts): string => nameWords(address).join(" ");

function isShared(one: string, other: string): boolean {
  return one !== "" && one === other;
}
