/** What differs between two versions of a provider's policy, and whether that is for two people. */
import type { JsonValue } from "../kernel/json.ts";
import type { ProviderPolicy } from "./provider-policy.ts";

export interface PolicyChange {
  /** As in `gameBank.most.EUR`. */
  readonly path: string;
  /** Empty where there was nothing, or is nothing any more. */
  readonly before: string;
  readonly after: string;
}

/**
 * Rules that decide what money moves: what is taken back, in which currencies and up to what is staked, what lies in
 * a game bank and where, and where free spins are issued. One person alone could open the house's money to a provider with any of them.
 */
const moneyFields = [
  "settledRollback",
  "currencies",
  "betMax",
  "gameBank",
  "freeSpins",
] as const satisfies readonly (keyof ProviderPolicy)[];

/** Sorted by path. A list in another order is a change, as it is to the database that guards these fields. */
export function diffPolicies(before: ProviderPolicy, after: ProviderPolicy): PolicyChange[] {
  const [old, now] = [flatten(before), flatten(after)];
  return [...new Set([...old.keys(), ...now.keys()])]
    .sort()
    .map((path) => ({ path, before: old.get(path) ?? "", after: now.get(path) ?? "" }))
    .filter((change) => change.before !== change.after);
}

export function takesTwoPeople(changes: readonly PolicyChange[]): boolean {
  return changes.some(({ path }) => moneyFields.some((field) => field === path.split(".")[0]));
}

function flatten(value: JsonValue, path = "", into = new Map<string, string>()): Map<string, string> {
  if (Array.isArray(value)) into.set(path, value.map(String).join(", "));
  else if (value !== null && typeof value === "object") {
    for (const [key, inner] of Object.entries(value)) {
      flatten(inner, path === "" ? key : `${path}.${key}`, into);
    }
  } else into.set(path, value === null ? "" : String(value));
  return into;
}
