import { expect, test } from "vitest";
import { checkGeo, type GeoFacts, geoRules, type GeoRules, judgeGeo } from "./geo.ts";

const open: GeoRules = { elsewhere: "ALLOW", blocked: ["KP"], proxies: "ALLOW" };
const strict: GeoRules = { elsewhere: "REFUSE", blocked: ["KP"], proxies: "REFUSE" };
const facts: GeoFacts = { ipCountry: "DE", hides: "NO", deviceCountry: null, documentCountry: null };

test.each<[GeoRules, Partial<GeoFacts>, string | undefined]>([
  [strict, {}, undefined],
  [strict, { ipCountry: null }, undefined],
  [strict, { ipCountry: "FR" }, "geo-elsewhere"],
  [open, { ipCountry: "FR" }, undefined],
  [open, { ipCountry: "KP" }, "geo-blocked"],
  [open, { deviceCountry: "KP" }, "geo-blocked"],
  [strict, { hides: "VPN" }, "geo-proxy"],
  [strict, { hides: "TOR" }, "geo-proxy"],
  [strict, { hides: "HOSTING" }, undefined],
  [{ ...strict, hosting: "REFUSE" }, { hides: "HOSTING" }, "geo-hosting"],
  [strict, { hides: "UNANSWERED" }, undefined],
  [{ ...open, unanswered: "REFUSE" }, { hides: "UNANSWERED" }, "geo-unanswered"],
  [{ ...open, unanswered: "REFUSE" }, { hides: null }, undefined],
  [open, { hides: "PROXY" }, undefined],
  [strict, { deviceCountry: "FR" }, "geo-conflict"],
  [strict, { deviceCountry: "DE" }, undefined],
  [strict, { ipCountry: null, deviceCountry: "FR" }, "geo-elsewhere"],
  [strict, { documentCountry: "FR" }, undefined],
  [
    { ...open, conflicts: [{ between: ["DOCUMENT", "ACCOUNT"], verdict: "REFUSE" }] },
    { documentCountry: "FR" },
    "geo-conflict",
  ],
  [
    { ...open, conflicts: [{ between: ["DOCUMENT", "ACCOUNT"], verdict: "FLAG" }] },
    { documentCountry: "FR" },
    undefined,
  ],
  [{ ...strict, elsewhere: "ALLOW", conflicts: [] }, { deviceCountry: "FR" }, undefined],
])("under %o, %o leads to %s", (rules, change, rule) => {
  expect(checkGeo(rules, ["DE"], "DE", { ...facts, ...change })?.rule).toBe(rule);
});

test("everything that is found is told, what refuses before what flags", () => {
  const rules: GeoRules = {
    ...strict,
    proxies: "FLAG",
    conflicts: [
      { between: ["IP", "DEVICE"], verdict: "FLAG" },
      { between: ["IP", "DOCUMENT"], verdict: "REFUSE" },
    ],
  };
  const judged = judgeGeo(rules, ["DE"], "DE", {
    ipCountry: "DE",
    hides: "VPN",
    deviceCountry: "FR",
    documentCountry: "PL",
  });
  expect(judged.verdict).toBe("REFUSE");
  expect(judged.findings).toEqual([
    { rule: "geo-conflict", verdict: "REFUSE", about: "IP DE, DOCUMENT PL" },
    { rule: "geo-elsewhere", verdict: "REFUSE", about: "DEVICE FR" },
    { rule: "geo-proxy", verdict: "FLAG", about: "VPN" },
    { rule: "geo-conflict", verdict: "FLAG", about: "IP DE, DEVICE FR" },
  ]);
});

test("a pack that holds everywhere else is nobody's elsewhere", () => {
  expect(judgeGeo({ ...open, elsewhere: "REFUSE" }, [], "NO", { ...facts, ipCountry: "NO" }).verdict).toBe("ALLOW");
});

test("a conflict is between two sources", () => {
  const rules = (between: string[]) => ({ ...open, conflicts: [{ between, verdict: "FLAG" }] });
  expect(geoRules.safeParse(rules(["IP", "DEVICE"])).success).toBe(true);
  expect(geoRules.safeParse(rules(["IP", "IP"])).success).toBe(false);
  expect(geoRules.safeParse(rules(["IP"])).success).toBe(false);
});

test("a refusal keeps what was known", () => {
  expect(checkGeo(strict, ["DE"], "DE", { ...facts, ipCountry: "FR" })?.inputs).toEqual({
    ipCountry: "FR",
    hides: "NO",
    deviceCountry: null,
    documentCountry: null,
    accountCountry: "DE",
    about: "IP FR",
  });
});
