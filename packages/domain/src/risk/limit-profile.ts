/**
 * Limit profiles: the house's own bounds of a player's stakes and payments. A profile is a set of rows, each for all
 * players of the profile or for a country, a currency, an account, a category or a game. Every row that fits counts, and
 * the strictest of them wins; a row can tighten, never loosen, what a wider one says.
 */
import { z } from "zod";
import { currencies, type Currency } from "../wallet/currency.ts";

export const profileNames = ["DEFAULT", "VIP_A", "VIP_B", "ULTRA"] as const;
export type ProfileName = (typeof profileNames)[number];

/** What a row bounds: one stake, one payment, or the payments of a day, week or month that roll. */
const profileMeasures = [
  "betMax",
  "depositMax",
  "depositDay",
  "depositWeek",
  "depositMonth",
  "withdrawalMax",
  "withdrawalDay",
  "withdrawalWeek",
  "withdrawalMonth",
] as const;
export type ProfileMeasure = (typeof profileMeasures)[number];

export const profileRow = z.strictObject({
  measure: z.enum(profileMeasures),
  currency: z.enum(Object.keys(currencies) as [Currency, ...Currency[]]),
  amount: z.string().regex(/^(0|[1-9][0-9]{0,14})(\.[0-9]{1,9})?$/),
  /** ISO 3166-1 alpha-2. */
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .nullable(),
  /** One account alone, by its public id. */
  playerId: z.string().nullable(),
  /** Of stakes only. */
  category: z.string().max(40).nullable(),
  game: z.string().max(80).nullable(),
});
export type StoredProfileRow = z.infer<typeof profileRow>;

export interface ProfileRow {
  readonly measure: ProfileMeasure;
  readonly currency: Currency;
  /** Minor units. */
  readonly amount: bigint;
  readonly country: string | null;
  readonly playerId: bigint | null;
  readonly category: string | null;
  readonly gameId: number | null;
}

/** One version of a profile's rows, in force from an instant on until the next one is. */
export interface ProfileVersion {
  readonly profile: ProfileName;
  readonly version: number;
  readonly effectiveFromMs: number;
  readonly rows: readonly ProfileRow[];
}

export interface ProfileSubject {
  readonly playerId: bigint;
  readonly country: string;
  readonly currency: Currency;
  readonly gameId?: number | undefined;
  readonly category?: string | undefined;
}

export interface ProfileBound {
  readonly profile: ProfileName;
  readonly version: number;
  readonly row: ProfileRow;
}

export interface ProfileBook {
  readonly of: (profile: ProfileName, atMs: number) => ProfileVersion | undefined;
}

export function createProfiles(versions: readonly ProfileVersion[]): ProfileBook {
  const newestFirst = [...versions].sort((a, b) => b.effectiveFromMs - a.effectiveFromMs || b.version - a.version);
  const byProfile = new Map<ProfileName, ProfileVersion[]>();
  for (const version of newestFirst) {
    byProfile.set(version.profile, [...(byProfile.get(version.profile) ?? []), version]);
  }
  return { of: (profile, atMs) => byProfile.get(profile)?.find(({ effectiveFromMs }) => effectiveFromMs <= atMs) };
}

/** All rows that fit, strictest first. */
export function boundsOf(
  version: ProfileVersion | undefined,
  measure: ProfileMeasure,
  subject: ProfileSubject,
): ProfileBound[] {
  if (version === undefined) return [];
  return version.rows
    .filter((row) => row.measure === measure && fits(row, subject))
    .sort((a, b) => (a.amount < b.amount ? -1 : a.amount > b.amount ? 1 : 0))
    .map((row) => ({ profile: version.profile, version: version.version, row }));
}

/** The strictest row that fits, in one pass: this is asked on the way of every bet. */
export function strictestBound(
  version: ProfileVersion | undefined,
  measure: ProfileMeasure,
  subject: ProfileSubject,
): ProfileRow | undefined {
  let found: ProfileRow | undefined;
  for (const row of version?.rows ?? []) {
    if (row.measure === measure && (found === undefined || row.amount < found.amount) && fits(row, subject))
      found = row;
  }
  return found;
}

function fits(row: ProfileRow, { playerId, country, currency, gameId, category }: ProfileSubject): boolean {
  return (
    row.currency === currency &&
    (row.country === null || row.country === country) &&
    (row.playerId === null || row.playerId === playerId) &&
    (row.category === null || row.category === category) &&
    (row.gameId === null || row.gameId === gameId)
  );
}
