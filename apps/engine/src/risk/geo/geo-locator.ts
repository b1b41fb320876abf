/**
 * Where a player is, by what is known without asking anybody: a network address has its country by a database in MaxMind's
 * format, a position by the borders that come with the engine, and whether an address hides where somebody is stands in a
 * list of networks, or was told by a vendor before.
 */
import { readFileSync } from "node:fs";
import { isIP } from "node:net";
import { fileURLToPath } from "node:url";
import type { Position } from "@pitboss/domain/risk/geo-contract";
import type { GeoFacts } from "@pitboss/domain/risk/geo";
import { iso1A2Code } from "@rapideditor/country-coder";
import { type CountryResponse, Reader } from "mmdb-lib";
import type { Config } from "../../config.ts";
import { createHiddenAddresses, type HiddenAddresses } from "./hidden-addresses.ts";
import { hasAddress, nowhere, readNetworks } from "./networks.ts";
import type { GeoVendor } from "./vendor/geo-vendor.ts";

/** What a device or a game server told beside the address. */
export interface Told {
  /** ISO 3166-1 alpha-2 of what the device's own positioning told; a position that can be read goes before it. */
  readonly country?: string | undefined;
  readonly position?: Position | undefined;
  readonly documentCountry?: string | null | undefined;
}

export interface GeoLocator {
  /** Asks nobody and waits for nothing, for the way of a bet: an address that is new is looked up for the next one. */
  locate(ip: string, told?: Told): GeoFacts;
  /** Asks the vendor where it has not told lately, and waits for it; of no address it asks nothing. */
  look(ip: string | null, told?: Told): Promise<GeoFacts>;
  /** The name of the vendor that knows addresses which hide; null where the house has none. */
  readonly vendor: string | null;
}

/** Databases of countries name it in one of two ways. */
interface CountryRow {
  readonly country_code?: string;
  readonly country?: { readonly iso_code?: string };
}

const bundled = "@ip-location-db/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb";

/** What is less exact than this can be on the other side of a border. */
const coarseMetres = 50_000;

export interface GeoParts {
  readonly vendor?: GeoVendor | undefined;
  readonly hidden?: HiddenAddresses;
}

/** Throws where a file can't be read: a setting that is wrong stops the start. */
export function openGeoLocator(
  { GEO_DATABASE, GEO_PROXIES }: Pick<Config, "GEO_DATABASE" | "GEO_PROXIES">,
  { vendor, hidden = createHiddenAddresses(vendor, () => Date.now()) }: GeoParts = {},
): GeoLocator {
  const reader = new Reader<CountryResponse>(readFileSync(GEO_DATABASE ?? fileURLToPath(import.meta.resolve(bundled))));
  const proxies = GEO_PROXIES === undefined ? undefined : readNetworks(readFileSync(GEO_PROXIES, "utf8"));

  function factsOf(ip: string | null, hides: GeoFacts["hides"], told: Told): GeoFacts {
    const row = ip === null || isIP(ip) === 0 || hasAddress(nowhere, ip) ? null : (reader.get(ip) as CountryRow | null);
    return {
      ipCountry: row?.country_code ?? row?.country?.iso_code ?? null,
      hides: ip !== null && proxies !== undefined && hasAddress(proxies, ip) ? "PROXY" : hides,
      deviceCountry: (told.position && countryAt(told.position)) ?? told.country ?? null,
      documentCountry: told.documentCountry ?? null,
    };
  }

  return {
    locate: (ip, told = {}) => factsOf(ip, hidden.known(ip), told),
    look: async (ip, told = {}) => factsOf(ip, ip === null ? null : await hidden.ask(ip), told),
    vendor: vendor?.name ?? null,
  };
}

/** Undefined at sea, and where the position is too coarse. Borders are as they are held, not as they are claimed. */
function countryAt({ latitude, longitude, accuracyMetres = 0 }: Position): string | undefined {
  if (accuracyMetres > coarseMetres) return undefined;
  return iso1A2Code([longitude, latitude], { level: "territory" }) ?? undefined;
}
