/** Births in the spellings of the lists. */
import type { ListedBirth } from "@pitboss/domain/compliance/screening/list-entry";

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
/** Years by which a birth that is only "about" may be off. */
const aboutYears = 2;

/** `26 Feb 1965`, `Feb 1965`, `1965`, `circa 1965`, `1960 to 1965`; undefined where it is none of these. */
export function readWrittenBirth(text: string): ListedBirth | undefined {
  const span = /^(?:[a-z0-9 ]* )?([0-9]{4}) to (?:[a-z0-9 ]* )?([0-9]{4})$/i.exec(text.trim());
  if (span !== null) return spanOf(Number(span[1]), Number(span[2]));
  const match = /^(circa )?(?:(?:([0-9]{1,2}) )?([A-Za-z]{3}) )?([0-9]{4})$/.exec(text.trim());
  if (match === null) return undefined;
  const [, about, day, month, year] = match;
  const number = month === undefined ? -1 : months.indexOf(month.toLowerCase());
  return {
    year: Number(year),
    spread: about === undefined ? 0 : aboutYears,
    day: day === undefined || number < 0 ? null : `${pad(number + 1)}-${pad(Number(day))}`,
  };
}

/** `1965-02-26`, or a year alone. */
export function readIsoBirth(text: string, about = false): ListedBirth | undefined {
  const match = /^([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?/.exec(text.trim());
  if (match === null) return undefined;
  const [, year, month, day] = match;
  const exact = month !== undefined && day !== undefined && !about;
  return { year: Number(year), spread: about ? aboutYears : 0, day: exact ? `${month}-${day}` : null };
}

/** `26/02/1965`, or `dd/mm/1965` where the day is not known. */
export function readBritishBirth(text: string): ListedBirth | undefined {
  const match = /^([0-9]{2}|dd)\/([0-9]{2}|mm)\/([0-9]{4})$/i.exec(text.trim());
  if (match === null) return undefined;
  const [, day = "", month = "", year] = match;
  const exact = /^[0-9]/.test(day) && /^[0-9]/.test(month);
  return { year: Number(year), spread: 0, day: exact ? `${month}-${day}` : null };
}

export function spanOf(from: number, to: number): ListedBirth {
  const year = Math.floor((from + to) / 2);
  return { year, spread: Math.max(to - year, year - from), day: null };
}

function pad(value: number): string {
  return String(value).padStart(2, "0");
}
