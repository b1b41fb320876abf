/** The score of one player against one entry, explained part by part: the reviewer sees all that it was made of. */
import { compareNames, leastAlike, type NameComparison, soundsAlike, spellingOf } from "./compare-names.ts";
import type { ListEntry, ListedBirth, ListedName } from "./list-entry.ts";
import { type NameForm, type NamePart, readName } from "./name-form.ts";
import type { PenaltyName, ScreeningRuleBody } from "./screening-rule.ts";

export interface Subject {
  /** Given names first. */
  readonly name: string;
  readonly surname: string | null;
  /** ISO date. */
  readonly birthDate: string | null;
  /** ISO 3166-1 alpha-2. */
  readonly country: string | null;
  readonly gender: "M" | "F" | null;
}

export interface SubjectForm extends Subject {
  readonly form: NameForm;
  readonly surnameForm: NameForm | null;
}

export interface Penalty {
  readonly name: PenaltyName;
  /** What the player has and what the list has, as they were compared; null where one is not known. */
  readonly player: string | null;
  readonly listed: string | null;
  /** Taken off the name's points; 0 where they agree, or where one of them is not known. */
  readonly points: number;
}

export interface MatchScore {
  /** 0 to 1000. */
  readonly score: number;
  /** The listed name that fits best. */
  readonly name: ListedName;
  readonly comparison: NameComparison;
  readonly penalties: readonly Penalty[];
}

export function readSubject(subject: Subject): SubjectForm {
  return {
    ...subject,
    form: readName(subject.name),
    surnameForm: subject.surname === null ? null : readName(subject.surname),
  };
}

const mostListed = 4;

/**
 * Undefined where no name reaches the threshold. `forms` are the entry's names, read, in their order; one that is known
 * not to reach it is left out.
 */
export function scoreMatch(
  subject: SubjectForm,
  entry: ListEntry,
  forms: readonly (NameForm | undefined)[],
  rule: ScreeningRuleBody,
): MatchScore | undefined {
  let best: MatchScore | undefined;
  for (const [index, name] of entry.names.entries()) {
    const form = forms[index];
    if (form === undefined || form.parts.length === 0) continue;
    const comparison = compareNames(subject.form, form);
    // Penalties only take off.
    if (comparison.points < Math.max(rule.threshold, best?.score ?? 0)) continue;
    const penalties = penaltiesOf(subject, entry, name, form, rule);
    const off = penalties.reduce((sum, { points }) => sum + points, 0);
    const score = Math.max(0, comparison.points - off);
    if (best === undefined || score > best.score) best = { score, name, comparison, penalties };
  }
  return best;
}

function penaltiesOf(
  subject: SubjectForm,
  entry: ListEntry,
  name: ListedName,
  form: NameForm,
  { penalties }: ScreeningRuleBody,
): Penalty[] {
  const { country, birthDate, gender } = subject;
  const countries = entry.countries.length === 0 ? null : entry.countries;
  const other = country !== null && countries !== null && !countries.includes(country);
  const birth = compareBirths(birthDate, entry.births);
  const surname = name.surname;
  const otherSurname =
    surname !== null && subject.surnameForm !== null && !isSameSurname(subject.surnameForm, form, surname);
  return [
    row("country", country, countries?.slice(0, mostListed).join(", ") ?? null, other),
    row("birthYear", birthDate?.slice(0, 4) ?? null, listYears(entry.births), birth === "OTHER_YEAR"),
    row("birthDay", birthDate?.slice(5) ?? null, listDays(entry.births), birth === "OTHER_DAY"),
    row("surname", subject.surname, surname, otherSurname),
    row("gender", gender, entry.gender, gender !== null && entry.gender !== null && gender !== entry.gender),
  ];

  function row(of: PenaltyName, player: string | null, listed: string | null, differs: boolean): Penalty {
    return { name: of, player, listed, points: differs ? penalties[of] : 0 };
  }
}

/** The best of all listed births: a list names several where it does not know which is right. */
function compareBirths(birthDate: string | null, births: readonly ListedBirth[]): "SAME" | "OTHER_YEAR" | "OTHER_DAY" {
  if (birthDate === null || births.length === 0) return "SAME";
  const year = Number(birthDate.slice(0, 4));
  const near = births.filter((birth) => Math.abs(birth.year - year) <= birth.spread);
  if (near.length === 0) return "OTHER_YEAR";
  const day = birthDate.slice(5);
  return near.some((birth) => birth.day === null || birth.day === day) ? "SAME" : "OTHER_DAY";
}

/** A surname of several words may stand in any order, or as a part of the other one. */
function isSameSurname(player: NameForm, listedName: NameForm, surname: string): boolean {
  const listed = readName(surname);
  const wholes = listed.parts.length > 1 ? readName(listed.joined).parts : [];
  // Where the list has one word for the whole name, the surname is somewhere within.
  const within = listedName.parts.length === 1 ? listedName.parts : [];
  return player.parts.some((one) => [...listed.parts, ...wholes, ...within].some((part) => isNear(one, part)));
}

function isNear(one: NamePart, other: NamePart): boolean {
  return spellingOf(one.text, other.text) >= leastAlike || soundsAlike(one, other);
}

function listYears(births: readonly ListedBirth[]): string | null {
  if (births.length === 0) return null;
  const years = births.map(({ year, spread }) => (spread === 0 ? String(year) : `${year} ± ${spread}`));
  return [...new Set(years)].slice(0, mostListed).join(", ");
}

function listDays(births: readonly ListedBirth[]): string | null {
  const days = births.flatMap(({ day }) => (day === null ? [] : [day]));
  return days.length === 0 ? null : [...new Set(days)].slice(0, mostListed).join(", ");
}
