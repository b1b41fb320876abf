/**
 * Where a network address is: its country by a database in MaxMind's format, and whether it is one that hides where
 * somebody is, by a list of networks. Both are files, read once at the start; the country database that comes with the
 * engine is public domain data of the address registries.
 */
import { readFileSync } from "node:fs";
import { BlockList, isIP } from "node:net";
import { fileURLToPath } from "node:url";
import type { GeoFacts } from "@pitboss/domain/risk/geo";
import { type CountryResponse, Reader } from "mmdb-lib";
import type { Config } from "../../config.ts";

export interface GeoLocator {
  /** `deviceCountry` is what the device's own positioning told. */
  locate(ip: string, deviceCountry?: string): GeoFacts;
}

/** Databases of countries name it in one of two ways. */
interface CountryRow {
  readonly country_code?: string;
  readonly country?: { readonly iso_code?: string };
}

const bundled = "@ip-location-db/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb";

/** Addresses for special purposes (RFC 6890) are nowhere, though registries list some of them under a country. */
const nowhere = readNetworks(`
  0.0.0.0/8
  10.0.0.0/8
  100.64.0.0/10
  127.0.0.0/8
  169.254.0.0/16
  172.16.0.0/12
  192.0.2.0/24
  192.168.0.0/16
  198.18.0.0/15
  198.51.100.0/24
  203.0.113.0/24
  ::1
  2001:db8::/32
  fc00::/7
  fe80::/10`);

/** Throws where a file can't be read: a setting that is wrong stops the start. */
export function openGeoLocator({
  GEO_DATABASE,
  GEO_PROXIES,
}: Pick<Config, "GEO_DATABASE" | "GEO_PROXIES">): GeoLocator {
  const reader = new Reader<CountryResponse>(readFileSync(GEO_DATABASE ?? fileURLToPath(import.meta.resolve(bundled))));
  const proxies = GEO_PROXIES === undefined ? undefined : readNetworks(readFileSync(GEO_PROXIES, "utf8"));
  return {
    locate(ip, deviceCountry) {
      const family = isIP(ip);
      const type = family === 4 ? "ipv4" : "ipv6";
      const row = family === 0 || nowhere.check(ip, type) ? null : (reader.get(ip) as CountryRow | null);
      return {
        ipCountry: row?.country_code ?? row?.country?.iso_code ?? null,
        proxy: proxies !== undefined && family !== 0 && proxies.check(ip, type),
        deviceCountry: deviceCountry ?? null,
      };
    },
  };
}

/** One network a line, `203.0.113.0/24` or an address; what follows a `#` is left out. */
function readNetworks(text: string): BlockList {
  const list = new BlockList();
  for (const raw of text.split("\n")) {
    const line = (raw.split("#")[0] ?? "").trim();
    if (line === "") continue;
    const [address = "", prefix] = line.split("/");
    const family = isIP(address);
    if (family === 0) throw new Error(`GEO_PROXIES names "${line}", which is no network`);
    const type = family === 4 ? "ipv4" : "ipv6";
    if (prefix === undefined) list.addAddress(address, type);
    else list.addSubnet(address, Number(prefix), type);
  }
  return list;
}
