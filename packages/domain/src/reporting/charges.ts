/**
 * What others take of the house's result: providers a part of the GGR of their games, states a tax on GGR or stakes. Both
 * are data, by version, each in force from a day of UTC on. They are a fixed part of the facts' amounts and so are exact on
 * every cell of a report, add up over cells, and turn around with them: a day that the players won takes back what a month
 * is charged. What a provider asks at least is known when its month is over, and falls on that month's last day.
 */
import { z } from "zod";
import { type Currency, currencies } from "../wallet/currency.ts";
import { packCode, type Packs } from "../risk/jurisdiction-pack.ts";

export const chargeKinds = ["PROVIDER_FEE", "TAX"] as const;
export type ChargeKind = (typeof chargeKinds)[number];

/** What a rate is taken of. The cash ones leave bonus money out. */
export const chargeBases = ["GGR", "GGR_CASH", "STAKES", "STAKES_CASH"] as const;
export type ChargeBase = (typeof chargeBases)[number];

/** Rates are kept in millionths: four decimals of a percent. */
export const rateDecimals = 6;
const percentDecimals = 4;

const dayText = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .refine((text) => isDay(text), "a day of the calendar");

export const chargeTerms = z.strictObject({
  kind: z.enum(chargeKinds),
  /** The provider's code, or the code of a jurisdiction's pack. */
  subject: z.string().min(1).max(40),
  effectiveFrom: dayText,
  base: z.enum(chargeBases),
  /** A decimal number of percent, as "12.5"; zero ends the charge. */
  percent: z.string().regex(/^(100(\.0{1,4})?|\d{1,2}(\.\d{1,4})?)$/),
  /** What a provider asks for a month of UTC at least. */
  minimum: z
    .strictObject({
      amount: z.string().regex(/^(0|[1-9][0-9]{0,14})(\.[0-9]{1,9})?$/),
      currency: z.enum(Object.keys(currencies) as [Currency, ...Currency[]]),
    })
    .nullable(),
});
export type ChargeTerms = z.infer<typeof chargeTerms>;

export interface ChargeVersion {
  readonly kind: ChargeKind;
  readonly subject: string;
  readonly version: number;
  /** A day of UTC. */
  readonly effectiveFrom: string;
  readonly base: ChargeBase;
  readonly ratePpm: number;
  /** Minor units for a month. */
  readonly minimum: { readonly amount: bigint; readonly currency: Currency } | null;
}

/** Which rate holds for which key from a day on, until the next segment begins. */
export interface ChargeSegment {
  readonly from: string;
  readonly rates: ReadonlyMap<string, ChargeVersion>;
  /** For every other key. */
  readonly otherwise: ChargeVersion | undefined;
}

/** Millionths of a percentage: "5.0332" is 50332. */
export function ppmOfPercent(percent: string): number {
  const [whole = "0", fraction = ""] = percent.split(".");
  return Number(whole + fraction.padEnd(percentDecimals, "0"));
}

export function percentOfPpm(ppm: number): string {
  const digits = `${ppm}`.padStart(percentDecimals + 1, "0");
  const fraction = digits.slice(-percentDecimals).replace(/0+$/, "");
  return `${digits.slice(0, -percentDecimals)}${fraction === "" ? "" : `.${fraction}`}`;
}

/** The version of a subject that holds on a day: the latest to begin, and of those the newest. */
export function chargeOn(
  versions: readonly ChargeVersion[],
  kind: ChargeKind,
  subject: string,
  day: string,
): ChargeVersion | undefined {
  return versions
    .filter((one) => one.kind === kind && one.subject === subject && one.effectiveFrom <= day)
    .sort((a, b) =>
      a.effectiveFrom === b.effectiveFrom ? b.version - a.version : a.effectiveFrom < b.effectiveFrom ? 1 : -1,
    )[0];
}

/** Fees by provider, oldest segment first. */
export function feeSegments(versions: readonly ChargeVersion[]): ChargeSegment[] {
  const fees = versions.filter(({ kind }) => kind === "PROVIDER_FEE");
  const providers = [...new Set(fees.map(({ subject }) => subject))];
  return daysOf(fees).map((from) => ({
    from,
    rates: ratesOn(fees, "PROVIDER_FEE", providers, from),
    otherwise: undefined,
  }));
}

/**
 * Taxes by the country of the account. Which jurisdiction a country is under follows the packs; one that begins within a
 * day holds for taxes from the next day on, as a day is taxed by one rule.
 */
export function taxSegments(versions: readonly ChargeVersion[], packs: Packs): ChargeSegment[] {
  const taxes = versions.filter(({ kind }) => kind === "TAX");
  if (taxes.length === 0) return [];
  const countries = [...new Set(packs.all.flatMap((pack) => pack.countries))];
  const begins = packs.all.map(({ effectiveFromMs }) => firstDayFrom(effectiveFromMs));
  const days = [...new Set([...daysOf(taxes), ...begins])].sort();
  // No pack names this: it falls to the default one, as every other country does.
  const elsewhere = "";
  return days.map((from) => {
    const taxOf = (country: string): ChargeVersion | undefined =>
      chargeOn(taxes, "TAX", packs.of(country, Date.parse(from)).code, from);
    const rates = new Map<string, ChargeVersion>();
    for (const country of countries) {
      const tax = taxOf(country);
      // A country whose pack has no tax must not fall to what the others pay.
      if (tax !== undefined) rates.set(country, tax);
      else if (packs.of(country, Date.parse(from)).code !== packs.of(elsewhere, Date.parse(from)).code)
        rates.set(country, untaxed(country, from));
    }
    return { from, rates, otherwise: taxOf(elsewhere) };
  });
}

/** Days on which something begins to hold, oldest first. */
function daysOf(versions: readonly ChargeVersion[]): string[] {
  return [...new Set(versions.map(({ effectiveFrom }) => effectiveFrom))].sort();
}

function ratesOn(
  versions: readonly ChargeVersion[],
  kind: ChargeKind,
  subjects: readonly string[],
  day: string,
): ReadonlyMap<string, ChargeVersion> {
  return new Map(
    subjects.flatMap((subject) => {
      const found = chargeOn(versions, kind, subject, day);
      return found === undefined ? [] : [[subject, found] as const];
    }),
  );
}

function untaxed(subject: string, effectiveFrom: string): ChargeVersion {
  return { kind: "TAX", subject, version: 0, effectiveFrom, base: "GGR", ratePpm: 0, minimum: null };
}

const dayMs = 86_400_000;

function firstDayFrom(ms: number): string {
  return new Date(Math.ceil(ms / dayMs) * dayMs).toISOString().slice(0, 10);
}

function isDay(text: string): boolean {
  const ms = Date.parse(text);
  return Number.isFinite(ms) && new Date(ms).toISOString().slice(0, 10) === text;
}

/** Whether a charge of this kind may have such a subject, by its form. */
export function isChargeSubject(kind: ChargeKind, subject: string): boolean {
  return kind === "TAX" ? packCode.safeParse(subject).success : /^[a-z][a-z0-9_-]{0,39}$/.test(subject);
}
