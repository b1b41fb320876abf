/**
 * Where a player is, as far as it can be told, and what a jurisdiction makes of it: the country of the network address,
 * whether that address hides where somebody is, the country that a device told, the one that issued the player's document,
 * and the one that the account names. What is not known finds nothing against anybody.
 */
import { z } from "zod";
import type { ErrorCode } from "../kernel/errors.ts";

const country = z.string().regex(/^[A-Z]{2}$/);

export const geoVerdicts = ["ALLOW", "FLAG", "REFUSE"] as const;
export type GeoVerdict = (typeof geoVerdicts)[number];
const verdict = z.enum(geoVerdicts);

export const geoSources = ["IP", "DEVICE", "DOCUMENT", "ACCOUNT"] as const;
export type GeoSource = (typeof geoSources)[number];
const source = z.enum(geoSources);

const geoConflict = z.strictObject({
  /** Two sources that should name the same country. */
  between: z.tuple([source, source]).refine(([a, b]) => a !== b, "two different sources"),
  verdict,
});

export const geoRules = z.strictObject({
  /** Play from another country than those of the pack. */
  elsewhere: verdict,
  /** Countries from which nobody plays or deposits, whatever their account says. */
  blocked: z.array(country).max(250),
  /** Addresses that are known to hide where somebody is: of a VPN, a proxy, an exit of Tor. */
  proxies: verdict,
  /** Addresses of data centres, where people's own connections seldom come from; allowed where it is absent. */
  hosting: verdict.exactOptional(),
  /** The vendor that knows such addresses was asked, and did not answer; allowed where it is absent. */
  unanswered: verdict.exactOptional(),
  /** Where it is absent, address and device have to agree where play from elsewhere is not simply allowed. */
  conflicts: z.array(geoConflict).max(6).exactOptional(),
});
export type GeoRules = z.infer<typeof geoRules>;

export const hidings = ["VPN", "PROXY", "TOR", "HOSTING"] as const;
export type Hiding = (typeof hidings)[number];

export interface GeoFacts {
  /** Of the network address; null where no database knows it. */
  readonly ipCountry: string | null;
  /** How the address hides where somebody is; null where nobody has looked (yet). */
  readonly hides: Hiding | "NO" | "UNANSWERED" | null;
  /** What the device told by its own positioning; null where it told nothing. */
  readonly deviceCountry: string | null;
  /** Of the identity document by which the player was verified; null where none says. */
  readonly documentCountry: string | null;
}

export const geoFindingRules = [
  "geo-blocked",
  "geo-proxy",
  "geo-hosting",
  "geo-unanswered",
  "geo-conflict",
  "geo-elsewhere",
] as const;
export type GeoFindingRule = (typeof geoFindingRules)[number];

export interface GeoFinding {
  readonly rule: GeoFindingRule;
  readonly verdict: Exclude<GeoVerdict, "ALLOW">;
  /** What it is about, as in `IP FR, DEVICE DE`. */
  readonly about: string;
}

type GeoInputs = Readonly<Record<string, string | boolean | null>>;

export interface GeoJudgement {
  /** The strictest of the findings. */
  readonly verdict: GeoVerdict;
  /** The strictest first; of the same verdict in the order in which the rules are looked at. */
  readonly findings: readonly GeoFinding[];
  readonly inputs: GeoInputs;
}

export interface GeoRefusal {
  readonly rule: GeoFindingRule;
  readonly code: Extract<ErrorCode, "LOCATION_NOT_ALLOWED">;
  readonly inputs: GeoInputs;
}

/** Raised with any change of what these rules mean. */
export const geoRulesVersion = 2;

/** `countries` are those of the pack; none are those of a pack that holds everywhere else. */
export function judgeGeo(
  rules: GeoRules,
  countries: readonly string[],
  accountCountry: string,
  facts: GeoFacts,
): GeoJudgement {
  const { ipCountry, hides, deviceCountry, documentCountry } = facts;
  const named: Readonly<Record<GeoSource, string | null>> = {
    IP: ipCountry,
    DEVICE: deviceCountry,
    DOCUMENT: documentCountry,
    ACCOUNT: accountCountry === "" ? null : accountCountry,
  };
  const say = (sources: readonly GeoSource[]): string => sources.map((one) => `${one} ${named[one]}`).join(", ");
  const findings: GeoFinding[] = [];
  const find = (rule: GeoFindingRule, found: GeoVerdict | undefined, about: string): void => {
    if (found !== undefined && found !== "ALLOW") findings.push({ rule, verdict: found, about });
  };
  const places: readonly GeoSource[] = (["IP", "DEVICE"] as const).filter((one) => named[one] !== null);
  const blocked = places.filter((one) => rules.blocked.includes(named[one] ?? ""));
  if (blocked.length > 0) find("geo-blocked", "REFUSE", say(blocked));
  if (hides === "VPN" || hides === "PROXY" || hides === "TOR") find("geo-proxy", rules.proxies, hides);
  if (hides === "HOSTING") find("geo-hosting", rules.hosting, hides);
  if (hides === "UNANSWERED") find("geo-unanswered", rules.unanswered, hides);
  for (const { between, verdict: found } of conflictsOf(rules)) {
    const [a, b] = between;
    if (named[a] !== null && named[b] !== null && named[a] !== named[b]) find("geo-conflict", found, say(between));
  }
  // A pack without countries of its own is nobody's elsewhere.
  const away = countries.length === 0 ? [] : places.filter((one) => !countries.includes(named[one] ?? ""));
  if (away.length > 0) find("geo-elsewhere", rules.elsewhere, say(away));
  const refusals = findings.filter(({ verdict: found }) => found === "REFUSE");
  const flags = findings.filter(({ verdict: found }) => found === "FLAG");
  return {
    verdict: refusals.length > 0 ? "REFUSE" : flags.length > 0 ? "FLAG" : "ALLOW",
    findings: [...refusals, ...flags],
    inputs: { ipCountry, hides, deviceCountry, documentCountry, accountCountry },
  };
}

/** Why where the player is refuses them; undefined where it does not. */
export function checkGeo(
  rules: GeoRules,
  countries: readonly string[],
  accountCountry: string,
  facts: GeoFacts,
): GeoRefusal | undefined {
  return refusalOf(judgeGeo(rules, countries, accountCountry, facts));
}

export function refusalOf({ findings: [first], inputs }: GeoJudgement): GeoRefusal | undefined {
  if (first?.verdict !== "REFUSE") return undefined;
  return { rule: first.rule, code: "LOCATION_NOT_ALLOWED", inputs: { ...inputs, about: first.about } };
}

function conflictsOf({ conflicts, elsewhere }: GeoRules): NonNullable<GeoRules["conflicts"]> {
  return conflicts ?? [{ between: ["IP", "DEVICE"], verdict: elsewhere }];
}
