/** Who may open an account: the rule of the country, and the age on the day. */
import { err, type Failure, ok, type Result } from "../kernel/result.ts";

export interface CountryRule {
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly open: boolean;
  readonly minAge: number;
}

export function checkRegistration(
  rule: CountryRule | undefined,
  birthDate: string,
  today: string,
): Result<true, Failure<"COUNTRY_NOT_SERVED" | "PLAYER_TOO_YOUNG" | "REQUEST_INVALID">> {
  if (rule?.open !== true) return err("COUNTRY_NOT_SERVED");
  const age = ageOn(birthDate, today);
  if (age === undefined || age > 120)
    return err("REQUEST_INVALID", "The birth date is not a date.", { field: "birthDate" });
  if (age < rule.minAge) return err("PLAYER_TOO_YOUNG", undefined, { minAge: rule.minAge, country: rule.country });
  return ok(true);
}

/** Full years between two ISO dates, or undefined where the first is no date or lies in the future. */
export function ageOn(birthDate: string, today: string): number | undefined {
  if (!isIsoDate(birthDate) || birthDate > today) return undefined;
  const years = Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return today.slice(5) < birthDate.slice(5) ? years - 1 : years;
}

/** The day in UTC. */
export function isoDateOf(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(0, 10);
}

function isIsoDate(text: string): boolean {
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text)) return false;
  const ms = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
}
