/**
 * What responsible gaming, the jurisdiction and the player's profile have to say about a deposit, as checks that stand
 * beside the cashier's own. What they count was summed under the lock that deposits of a player take.
 */
import type { ExclusionKind } from "../compliance/exclusion.ts";
import type { LimitPeriod } from "../compliance/limit-window.ts";
import type { ErrorCode } from "../kernel/errors.ts";
import type { Currency } from "../wallet/currency.ts";
import { type GeoRefusal, geoRulesVersion } from "./geo.ts";
import { formatMinor } from "../wallet/money.ts";

export type GateCheckCode = Extract<
  ErrorCode,
  | "SELF_EXCLUDED"
  | "TIME_OUT_RUNNING"
  | "KYC_LEVEL_TOO_LOW"
  | "KYC_DEPOSIT_CAP"
  | "DEPOSIT_LIMIT_REACHED"
  | "LIMIT_OTHER_CURRENCY"
  | "DEPOSIT_ABOVE_MAX"
  | "RATES_UNAVAILABLE"
  | "LOCATION_NOT_ALLOWED"
>;

/** A sum that this deposit must still fit under, minor units of `currency`. */
export interface Bound {
  readonly limit: bigint;
  readonly counted: bigint;
  /** This deposit in the bound's currency; undefined where there is no rate for it. */
  readonly amount: bigint | undefined;
  readonly currency: Currency;
}

export interface DepositGate {
  readonly jurisdiction: string;
  readonly packVersion: number;
  readonly block: { readonly kind: ExclusionKind; readonly untilMs: number | null } | null;
  /** Why where the player is refuses it; null where it does not, or nobody told. */
  readonly geo: GeoRefusal | null;
  readonly kycLevel: number;
  readonly neededLevel: number;
  /** What the player may deposit in all before they are verified further. */
  readonly caps: readonly (Bound & { readonly days: number })[];
  /** The player's own limits and those of the law, with their sums so far. */
  readonly limits: readonly (Bound & { readonly period: LimitPeriod; readonly byLaw: boolean })[];
  /** The house's bounds of the player's profile. */
  readonly bounds: readonly (Bound & { readonly measure: string })[];
}

type Inputs = Readonly<Record<string, string | number | boolean | null>>;

interface GateCheck {
  readonly name: string;
  readonly version: number;
  readonly inputs: (gate: DepositGate, atMs: number) => Inputs;
  readonly refuse: (gate: DepositGate, atMs: number) => GateCheckCode | undefined;
}

export const depositGateChecks: readonly GateCheck[] = [
  {
    name: "not-excluded",
    version: 1,
    inputs: ({ block }) => ({
      exclusion: block?.kind ?? null,
      until: block === null || block.untilMs === null ? null : new Date(block.untilMs).toISOString(),
    }),
    refuse: ({ block }, atMs) => {
      if (block === null || (block.untilMs !== null && atMs >= block.untilMs)) return undefined;
      return block.kind === "TIME_OUT" || block.kind === "PANIC" ? "TIME_OUT_RUNNING" : "SELF_EXCLUDED";
    },
  },
  {
    name: "location",
    version: geoRulesVersion,
    inputs: ({ geo }) => (geo === null ? { location: null } : { location: geo.rule, ...geo.inputs }),
    refuse: ({ geo }) => geo?.code,
  },
  {
    name: "kyc-level",
    version: 1,
    inputs: ({ kycLevel, neededLevel, jurisdiction, packVersion }) => ({
      kycLevel,
      neededLevel,
      jurisdiction,
      packVersion,
    }),
    refuse: ({ kycLevel, neededLevel }) => (kycLevel < neededLevel ? "KYC_LEVEL_TOO_LOW" : undefined),
  },
  {
    name: "kyc-cap",
    version: 1,
    inputs: ({ caps }) => describeTightest("cap", caps),
    refuse: ({ caps }) => {
      if (caps.some(({ amount }) => amount === undefined)) return "RATES_UNAVAILABLE";
      return caps.some(isPassed) ? "KYC_DEPOSIT_CAP" : undefined;
    },
  },
  {
    name: "deposit-limit",
    version: 1,
    inputs: ({ limits }) => {
      const tightest = findTightest(limits);
      return { ...describeTightest("limit", limits), period: tightest?.period ?? null, byLaw: tightest?.byLaw ?? null };
    },
    refuse: ({ limits }) => {
      // A limit is set in a currency, and another one would be a way around it.
      if (limits.length > 0 && limits.every(({ amount }) => amount === undefined)) return "LIMIT_OTHER_CURRENCY";
      return limits.some(isPassed) ? "DEPOSIT_LIMIT_REACHED" : undefined;
    },
  },
  {
    name: "profile-bound",
    version: 1,
    inputs: ({ bounds }) => ({ ...describeTightest("bound", bounds), measure: findTightest(bounds)?.measure ?? null }),
    refuse: ({ bounds }) => (bounds.some(isPassed) ? "DEPOSIT_ABOVE_MAX" : undefined),
  },
];

function isPassed({ limit, counted, amount }: Bound): boolean {
  return amount !== undefined && counted + amount > limit;
}

/** The bound that leaves least room. */
function findTightest<B extends Bound>(bounds: readonly B[]): B | undefined {
  const room = ({ limit, counted }: Bound): bigint => limit - counted;
  return [...bounds].sort((a, b) => (room(a) < room(b) ? -1 : room(a) > room(b) ? 1 : 0))[0];
}

function describeTightest(name: string, bounds: readonly Bound[]): Inputs {
  const tightest = findTightest(bounds);
  if (tightest === undefined) return { [name]: null };
  const { limit, counted, currency } = tightest;
  return {
    [name]: formatMinor(limit, currency),
    [`${name}Counted`]: formatMinor(counted, currency),
    [`${name}Currency`]: currency,
  };
}
