/**
 * What a jurisdiction asks of the house, as data: a pack has versions, each in force from an instant on. A player is under
 * the pack that names the country of their account, and under DEFAULT where none does.
 */
import { z } from "zod";
import type { ExclusionRules } from "../compliance/exclusion.ts";
import { type LimitWindow, limitPeriods, windowKinds } from "../compliance/limit-window.ts";
import { registerRules } from "../compliance/register-check.ts";
import type { LimitRules } from "../compliance/player-limit.ts";
import { geoRules } from "./geo.ts";
import { assert } from "../kernel/result.ts";
import { currencies, type Currency } from "../wallet/currency.ts";
import { parseAmount } from "../wallet/money.ts";

const currency = z.enum(Object.keys(currencies) as [Currency, ...Currency[]]);
const amount = z.string().regex(/^(0|[1-9][0-9]{0,14})(\.[0-9]{1,9})?$/);
const level = z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)]);
const hours = z
  .int()
  .min(0)
  .max(24 * 366);
const category = z.string().regex(/^[a-z][a-z0-9_-]{0,39}$/);

const providerCode = z.string().regex(/^[a-z][a-z0-9_]{1,39}$/);

/** Currency → amount. What is not listed is not offered under this rule. */
const amounts = z.partialRecord(currency, amount);

export const packRules = z.strictObject({
  /** The clocks by which its days and months go. */
  zone: z.string().refine(isZone, "a time zone of the IANA database"),
  /** Windows of limits. */
  window: z.enum(windowKinds),
  kyc: z.strictObject({
    play: level,
    deposit: level,
    /** Hours from a player's submission until somebody of the house should have looked at the case. */
    caseHours: z
      .int()
      .min(1)
      .max(24 * 60)
      .exactOptional(),
    /** What players up to a level may deposit within days that roll. */
    caps: z.array(z.strictObject({ upToLevel: level, amount, currency, days: z.int().min(1).max(3660) })),
  }),
  /** Limits that everybody has by law; a player's own may only be stricter. */
  limits: z.array(z.strictObject({ kind: z.literal("DEPOSIT"), period: z.enum(limitPeriods), amount, currency })),
  increaseHours: hours,
  confirmHours: z
    .int()
    .min(1)
    .max(24 * 366),
  /** The largest stakes, by category of games. `youngOnly` holds for players below 25 alone, and those of unknown age. */
  stakes: z.array(z.strictObject({ category, youngOnly: z.boolean(), max: amounts })),
  /** The shortest time from one bet to the next in a category, seconds. */
  speed: z.array(z.strictObject({ category, seconds: z.number().min(0.1).max(600) })),
  /** After so many minutes of play a break of so many; null asks for none. */
  breaks: z.strictObject({ afterMinutes: z.int().min(1), minutes: z.int().min(1) }).nullable(),
  /** How often a player is told how long they have played, where they have not chosen more often; null leaves it to them. */
  realityCheckMinutes: z
    .int()
    .min(1)
    .max(24 * 60)
    .nullable(),
  /** Play that rested for so long was another session; where breaks are asked for, a break is what ends one. */
  sessionGapMinutes: z
    .int()
    .min(1)
    .max(24 * 60),
  geo: geoRules,
  /** Providers whose games are not offered under it, by their code. */
  bannedProviders: z.array(providerCode).max(500),
  /** The register of self-excluded people that is asked about its players; none where it is absent. */
  exclusionRegister: registerRules.exactOptional(),
  exclusion: z.strictObject({
    minDays: z.int().min(1).max(366),
    coolDefiniteHours: hours,
    coolIndefiniteHours: hours,
    timeOutMinHours: z.int().min(1),
    timeOutMaxDays: z.int().min(1).max(366),
    panicHours: z
      .int()
      .min(1)
      .max(24 * 7),
  }),
});
export type PackRules = z.infer<typeof packRules>;

export const packCode = z.string().regex(/^[A-Z][A-Z0-9_]{1,15}$/);

export interface StoredPack {
  readonly code: string;
  readonly version: number;
  /** ISO 3166-1 alpha-2; empty on DEFAULT. */
  readonly countries: readonly string[];
  readonly effectiveFromMs: number;
  readonly rules: PackRules;
}

type AmountsByCurrency = ReadonlyMap<Currency, bigint>;

/** A pack as the rules use it: amounts as minor units, minutes as ms. */
export interface Pack {
  readonly code: string;
  readonly version: number;
  readonly countries: readonly string[];
  readonly effectiveFromMs: number;
  readonly rules: PackRules;
  readonly zone: string;
  readonly playLevel: number;
  readonly stakes: ReadonlyMap<string, readonly { readonly youngOnly: boolean; readonly max: AmountsByCurrency }[]>;
  readonly speedMs: ReadonlyMap<string, number>;
  readonly bannedProviders: ReadonlySet<string>;
  readonly breaks: { readonly afterMs: number; readonly ms: number } | null;
  readonly realityCheckMs: number | null;
  readonly sessionGapMs: number;
  /** True where each bet of each of its players moves the player's clock, whatever they have set for themselves. */
  readonly keepsClock: boolean;
}

const minuteMs = 60_000;

function readPack(stored: StoredPack): Pack {
  const { rules } = stored;
  const stakes = new Map<string, { youngOnly: boolean; max: AmountsByCurrency }[]>();
  for (const { category: name, youngOnly, max } of rules.stakes) {
    stakes.set(name, [...(stakes.get(name) ?? []), { youngOnly, max: readAmounts(max) }]);
  }
  const breaks = rules.breaks;
  return {
    ...stored,
    zone: rules.zone,
    playLevel: rules.kyc.play,
    stakes,
    speedMs: new Map(rules.speed.map(({ category: name, seconds }) => [name, Math.round(seconds * 1_000)])),
    bannedProviders: new Set(rules.bannedProviders),
    breaks: breaks === null ? null : { afterMs: breaks.afterMinutes * minuteMs, ms: breaks.minutes * minuteMs },
    realityCheckMs: rules.realityCheckMinutes === null ? null : rules.realityCheckMinutes * minuteMs,
    sessionGapMs: (breaks?.minutes ?? rules.sessionGapMinutes) * minuteMs,
    keepsClock: breaks !== null || rules.speed.length > 0 || rules.realityCheckMinutes !== null,
  };
}

function readAmounts(raw: Partial<Record<Currency, string>>): AmountsByCurrency {
  return new Map((Object.entries(raw) as [Currency, string][]).map(([code, text]) => [code, minorOf(text, code)]));
}

/** Amounts of a pack were checked when it was proposed. */
export function minorOf(text: string, code: Currency): bigint {
  const parsed = parseAmount(text, code);
  assert(parsed.ok, `"${text}" is an amount of ${code}`);
  return parsed.value;
}

/** Amounts that their currency can't hold; empty where all are well. */
export function findBadAmounts(rules: PackRules): string[] {
  const named: [Currency, string][] = [
    ...rules.kyc.caps.map(({ currency: code, amount: text }): [Currency, string] => [code, text]),
    ...rules.limits.map(({ currency: code, amount: text }): [Currency, string] => [code, text]),
    ...rules.stakes.flatMap(({ max }) => Object.entries(max) as [Currency, string][]),
  ];
  return named.filter(([code, text]) => !parseAmount(text, code).ok).map(([code, text]) => `${text} ${code}`);
}

export const defaultPackCode = "DEFAULT";

/** All packs with all their versions; which one holds is asked anew for each bet, since versions begin at an instant. */
export interface Packs {
  readonly of: (country: string, atMs: number) => Pack;
  readonly all: readonly Pack[];
}

export function createPacks(stored: readonly StoredPack[]): Packs {
  const newestFirst = stored
    .map(readPack)
    .sort((a, b) => b.effectiveFromMs - a.effectiveFromMs || b.version - a.version);
  assert(
    newestFirst.some(({ code }) => code === defaultPackCode),
    "there is a default pack",
  );
  const byCode = new Map<string, Pack[]>();
  for (const pack of newestFirst) byCode.set(pack.code, [...(byCode.get(pack.code) ?? []), pack]);
  const inForce = (code: string, atMs: number): Pack | undefined =>
    byCode.get(code)?.find(({ effectiveFromMs }) => effectiveFromMs <= atMs);
  const defaults = byCode.get(defaultPackCode) ?? [];
  const others = [...byCode.keys()].filter((code) => code !== defaultPackCode);
  return {
    all: newestFirst,
    of(country, atMs) {
      for (const code of others) {
        const pack = inForce(code, atMs);
        if (pack?.countries.includes(country) === true) return pack;
      }
      const fallback = inForce(defaultPackCode, atMs) ?? defaults.at(-1);
      assert(fallback !== undefined, "there is a default pack");
      return fallback;
    },
  };
}

export function limitRulesOf({ rules }: Pack): LimitRules {
  return { increaseHours: rules.increaseHours, confirmHours: rules.confirmHours };
}

export function exclusionRulesOf({ rules }: Pack): ExclusionRules {
  return rules.exclusion;
}

export function limitWindowOf({ rules }: Pack, period: LimitWindow["period"]): LimitWindow {
  return { period, window: rules.window, zone: rules.zone };
}

/** What is different between two versions, one line a value, for people. */
export function diffRules(
  before: PackRules | undefined,
  after: PackRules,
): { path: string; before: string; after: string }[] {
  const [old, now] = [flatten(before ?? {}), flatten(after)];
  const paths = [...new Set([...old.keys(), ...now.keys()])].sort();
  return paths
    .filter((path) => old.get(path) !== now.get(path))
    .map((path) => ({ path, before: old.get(path) ?? "", after: now.get(path) ?? "" }));
}

function flatten(value: unknown, path = "", into = new Map<string, string>()): Map<string, string> {
  if (Array.isArray(value)) value.forEach((item, index) => flatten(item, `${path}[${index}]`, into));
  else if (typeof value === "object" && value !== null) {
    for (const [key, item] of Object.entries(value)) flatten(item, path === "" ? key : `${path}.${key}`, into);
  } else into.set(path, String(value));
  return into;
}

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
