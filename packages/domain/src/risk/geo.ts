/**
 * Where a player is, as far as it can be told, and what a jurisdiction makes of it: the country of the network address,
 * whether that address hides where somebody is, and the country that a device told. What is not known refuses nobody.
 */
import { z } from "zod";
import type { ErrorCode } from "../kernel/errors.ts";

const country = z.string().regex(/^[A-Z]{2}$/);

export const geoRules = z.strictObject({
  /** Play from another country than those of the pack. */
  elsewhere: z.enum(["ALLOW", "REFUSE"]),
  /** Countries from which nobody plays or deposits, whatever their account says. */
  blocked: z.array(country).max(250),
  /** Addresses that are known to hide where somebody is. */
  proxies: z.enum(["ALLOW", "REFUSE"]),
});
export type GeoRules = z.infer<typeof geoRules>;

export interface GeoFacts {
  /** Of the network address; null where no database knows it. */
  readonly ipCountry: string | null;
  readonly proxy: boolean;
  /** What the device told by its own positioning; null where it told nothing. */
  readonly deviceCountry: string | null;
}

export interface GeoRefusal {
  readonly rule: "geo-blocked" | "geo-proxy" | "geo-conflict" | "geo-elsewhere";
  readonly code: Extract<ErrorCode, "LOCATION_NOT_ALLOWED">;
  readonly inputs: Readonly<Record<string, string | boolean | null>>;
}

/** `countries` are those of the pack; none are those of a pack that holds everywhere else. */
export function checkGeo(
  rules: GeoRules,
  countries: readonly string[],
  accountCountry: string,
  facts: GeoFacts,
): GeoRefusal | undefined {
  const { ipCountry, proxy, deviceCountry } = facts;
  const inputs = { ipCountry, proxy, deviceCountry, accountCountry };
  const refuse = (rule: GeoRefusal["rule"]): GeoRefusal => ({ rule, code: "LOCATION_NOT_ALLOWED", inputs });
  const told = [ipCountry, deviceCountry].filter((one) => one !== null);
  if (told.some((one) => rules.blocked.includes(one))) return refuse("geo-blocked");
  if (proxy && rules.proxies === "REFUSE") return refuse("geo-proxy");
  if (rules.elsewhere === "ALLOW") return undefined;
  // Where it matters where somebody is, two answers that differ are no answer.
  if (told.length === 2 && ipCountry !== deviceCountry) return refuse("geo-conflict");
  return told.some((one) => !countries.includes(one)) ? refuse("geo-elsewhere") : undefined;
}
