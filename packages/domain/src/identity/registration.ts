/**
 * Who may open an account: from which countries, and from which age on. The age is the country's of residence; a rule
 * of the house is a row of `country_rules`, and a country without one is not served.
 */
import { err, type Failure, ok, type Result } from "../kernel/result.ts";

export interface CountryRule {
  readonly country: string;
  readonly open: boolean;
  /** Whole years. */
  readonly minAge: number;
}

const hourMs = 3_600_000;

/**
 * The earliest calendar date that anybody on earth has at this instant (UTC−12): whoever is of age by it is of age
 * wherever they are. A birthday that has begun only further east does not count yet.
 */
export function earliestDateAt(nowMs: number): string {
  return new Date(nowMs - 12 * hourMs).toISOString().slice(0, 10);
}

/**
 * Whole years between two ISO dates. Who is born on 29 February comes of age on 1 March where the year has no such day.
 */
export function ageOn(birthDate: string, date: string): number {
  const years = Number(date.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return date.slice(5) >= birthDate.slice(5) ? years : years - 1;
}

/** Nobody is older; a birth date before this is a slip of the finger. */
const oldestAge = 120;

/** `rule` is the one in force today, undefined where the country has none. `birthDate` is an ISO date. */
export function checkMayRegister(
  { birthDate, country }: { readonly birthDate: string; readonly country: string },
  rule: CountryRule | undefined,
  nowMs: number,
): Result<true, Failure<"COUNTRY_CLOSED" | "AGE_TOO_LOW" | "REQUEST_INVALID">> {
  if (rule?.open !== true) return err("COUNTRY_CLOSED", undefined, { country });
  const age = ageOn(birthDate, earliestDateAt(nowMs));
  if (age > oldestAge || birthDate > new Date(nowMs).toISOString().slice(0, 10)) {
    return err("REQUEST_INVALID", "birthDate: is no date on which a living person was born");
  }
  const { minAge } = rule;
  return age >= minAge ? ok(true) : err("AGE_TOO_LOW", `It takes an age of ${minAge}.`, { minAge });
}
