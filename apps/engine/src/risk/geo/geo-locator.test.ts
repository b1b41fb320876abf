import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { openGeoLocator } from "./geo-locator.ts";

const bundled = openGeoLocator({ GEO_DATABASE: undefined, GEO_PROXIES: undefined });
const folder = mkdtempSync(join(tmpdir(), "pitboss-geo-"));
afterAll(() => rmSync(folder, { recursive: true }));

function withProxies(text: string) {
  const file = join(folder, "proxies.txt");
  writeFileSync(file, text);
  return openGeoLocator({ GEO_DATABASE: undefined, GEO_PROXIES: file });
}

test("addresses of both families have a country, and those that nobody routes have none", () => {
  expect(bundled.locate("8.8.8.8")).toEqual({
    ipCountry: "US",
    hides: null,
    deviceCountry: null,
    documentCountry: null,
  });
  expect(bundled.locate("2001:4860:4860::8888").ipCountry).toBe("US");
  for (const ip of ["127.0.0.1", "::1", "203.0.113.7", "198.51.100.1", "2001:db8::1", "not an address"])
    expect(bundled.locate(ip).ipCountry).toBeNull();
  expect(bundled.locate("8.8.8.8", { country: "MT" }).deviceCountry).toBe("MT");
});

test("networks that hide where somebody is are told by their list", () => {
  const geo = withProxies("# exits\n198.51.100.0/24  # one\n203.0.113.9\n2001:db8::/32\n");
  const hidden = ["198.51.100.77", "203.0.113.9", "203.0.113.8", "2001:db8::5", "2001:db9::5"].map(
    (ip) => geo.locate(ip).hides,
  );
  expect(hidden).toEqual(["PROXY", "PROXY", null, "PROXY", null]);
  expect(() => withProxies("example.com")).toThrow(/no network/);
});

test.each<[string, number, number, string | null]>([
  ["Valletta", 35.8989, 14.5146, "MT"],
  ["Basel, beside two borders", 47.5596, 7.5886, "CH"],
  ["Weil am Rhein, across one", 47.5947, 7.6108, "DE"],
  ["Saint-Louis, across the other", 47.5873, 7.5586, "FR"],
  ["Büsingen, a German village in Switzerland", 47.6966, 8.6905, "DE"],
  ["San Juan, a territory with a code of its own", 18.4655, -66.1057, "PR"],
  ["the middle of the Atlantic", 30, -40, null],
])("%s is in its country", async (_name, latitude, longitude, country) => {
  const position = { latitude, longitude };
  const nowhere = { ipCountry: null, hides: null, documentCountry: null };
  expect(await bundled.look(null, { position })).toEqual({ ...nowhere, deviceCountry: country });
});

test("a position that is too coarse tells nothing, and one that can be read goes before a country", () => {
  const basel = { latitude: 47.5596, longitude: 7.5886 };
  const coarse = { ...basel, accuracyMetres: 60_000 };
  expect(bundled.locate("8.8.8.8", { position: coarse }).deviceCountry).toBeNull();
  expect(bundled.locate("8.8.8.8", { position: basel, country: "DE" }).deviceCountry).toBe("CH");
  expect(bundled.locate("8.8.8.8", { position: coarse, country: "DE" }).deviceCountry).toBe("DE");
});
