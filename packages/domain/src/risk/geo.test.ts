import { expect, test } from "vitest";
import { checkGeo, type GeoFacts, type GeoRules } from "./geo.ts";

const open: GeoRules = { elsewhere: "ALLOW", blocked: ["KP"], proxies: "ALLOW" };
const strict: GeoRules = { elsewhere: "REFUSE", blocked: ["KP"], proxies: "REFUSE" };
const facts: GeoFacts = { ipCountry: "DE", proxy: false, deviceCountry: null };

test.each<[GeoRules, Partial<GeoFacts>, string | undefined]>([
  [strict, {}, undefined],
  [strict, { ipCountry: null }, undefined],
  [strict, { ipCountry: "FR" }, "geo-elsewhere"],
  [open, { ipCountry: "FR" }, undefined],
  [open, { ipCountry: "KP" }, "geo-blocked"],
  [open, { deviceCountry: "KP" }, "geo-blocked"],
  [strict, { proxy: true }, "geo-proxy"],
  [open, { proxy: true }, undefined],
  [strict, { deviceCountry: "FR" }, "geo-conflict"],
  [strict, { deviceCountry: "DE" }, undefined],
  [strict, { ipCountry: null, deviceCountry: "FR" }, "geo-elsewhere"],
])("under %o, %o leads to %s", (rules, change, rule) => {
  expect(checkGeo(rules, ["DE"], "DE", { ...facts, ...change })?.rule).toBe(rule);
});

test("a refusal keeps what was known", () => {
  expect(checkGeo(strict, ["DE"], "DE", { ...facts, ipCountry: "FR" })?.inputs).toEqual({
    ipCountry: "FR",
    proxy: false,
    deviceCountry: null,
    accountCountry: "DE",
  });
});
