import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { openGeoLocator } from "./geo-locator.ts";

const folder = mkdtempSync(join(tmpdir(), "pitboss-geo-"));
afterAll(() => rmSync(folder, { recursive: true }));

function withProxies(text: string) {
  const file = join(folder, "proxies.txt");
  writeFileSync(file, text);
  return openGeoLocator({ GEO_DATABASE: undefined, GEO_PROXIES: file });
}

test("addresses of both families have a country, and those that nobody routes have none", () => {
  const geo = openGeoLocator({ GEO_DATABASE: undefined, GEO_PROXIES: undefined });
  expect(geo.locate("8.8.8.8")).toEqual({ ipCountry: "US", proxy: false, deviceCountry: null });
  expect(geo.locate("2001:4860:4860::8888").ipCountry).toBe("US");
  for (const ip of ["127.0.0.1", "::1", "203.0.113.7", "198.51.100.1", "2001:db8::1", "not an address"])
    expect(geo.locate(ip).ipCountry).toBeNull();
  expect(geo.locate("8.8.8.8", "MT").deviceCountry).toBe("MT");
});

test("networks that hide where somebody is are told by their list", () => {
  const geo = withProxies("# exits\n198.51.100.0/24  # one\n203.0.113.9\n2001:db8::/32\n");
  const hidden = ["198.51.100.77", "203.0.113.9", "203.0.113.8", "2001:db8::5", "2001:db9::5"].map(
    (ip) => geo.locate(ip).proxy,
  );
  expect(hidden).toEqual([true, true, false, true, false]);
  expect(() => withProxies("example.com")).toThrow(/no network/);
});
