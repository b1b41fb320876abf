/**
 * MaxMind's GeoIP web service, Insights (https://dev.maxmind.com/geoip/docs/web-services): one address a request, signed in
 * with the account's number and license key; what is not so is left out of the answer.
 */
import type { Hiding } from "@pitboss/domain/risk/geo";
import { z } from "zod";
import type { AddressAnswer, GeoVendor } from "./geo-vendor.ts";
import type { GeoVendorSettings } from "./read-geo-vendor.ts";

const flags = {
  is_anonymous: z.boolean().nullish(),
  is_anonymous_vpn: z.boolean().nullish(),
  is_hosting_provider: z.boolean().nullish(),
  is_public_proxy: z.boolean().nullish(),
  is_residential_proxy: z.boolean().nullish(),
  is_tor_exit_node: z.boolean().nullish(),
};
const flagged = z.looseObject(flags);
/** The flags moved from `traits` to `anonymizer`; either is read. */
const insights = z.looseObject({ traits: flagged.nullish(), anonymizer: flagged.nullish() });
const refusal = z.looseObject({ code: z.string() });

/** The service answers so where it knows nothing about an address: nothing is known against it. */
const nothingKnown = ["IP_ADDRESS_NOT_FOUND", "IP_ADDRESS_RESERVED"];

export function createMaxmind({ name, url, accountId, licenseKey, timeoutMs }: GeoVendorSettings): GeoVendor {
  const base = url.replace(/\/$/, "");
  const authorization = `Basic ${Buffer.from(`${accountId}:${licenseKey}`).toString("base64")}`;
  return {
    name,
    async lookUp(ip): Promise<AddressAnswer> {
      try {
        const response = await fetch(`${base}/geoip/v2.1/insights/${encodeURIComponent(ip)}`, {
          headers: { authorization, accept: "application/json" },
          signal: AbortSignal.timeout(timeoutMs),
        });
        const body: unknown = JSON.parse(await response.text());
        if (response.ok) return { kind: "answered", hides: readHiding(insights.parse(body)) };
        const { code } = refusal.parse(body);
        if (nothingKnown.includes(code)) return { kind: "answered", hides: "NO" };
        return { kind: "unanswered", why: `${response.status} ${code}` };
      } catch (error) {
        return { kind: "unanswered", why: error instanceof Error ? error.message : String(error) };
      }
    },
  };
}

/** What hides most comes first; `is_anonymous` alone, without a kind, counts as a proxy. */
function readHiding({ traits, anonymizer }: z.infer<typeof insights>): Hiding | "NO" {
  const is = (flag: keyof typeof flags): boolean => anonymizer?.[flag] === true || traits?.[flag] === true;
  if (is("is_tor_exit_node")) return "TOR";
  if (is("is_anonymous_vpn")) return "VPN";
  if (is("is_public_proxy") || is("is_residential_proxy")) return "PROXY";
  if (is("is_hosting_provider")) return "HOSTING";
  return is("is_anonymous") ? "PROXY" : "NO";
}
