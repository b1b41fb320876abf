import { expect, test } from "vitest";
import { diffPolicies, takesTwoPeople } from "./policy-changes.ts";
import { defaultGameBank, defaultProviderPolicy, type ProviderPolicy } from "./provider-policy.ts";

const changed = (change: Partial<ProviderPolicy>) =>
  diffPolicies(defaultProviderPolicy, { ...defaultProviderPolicy, ...change });

test("what money depends on takes two people", () => {
  const bank = { ...defaultGameBank, url: "https://bank.example", most: { EUR: "100.00" } };
  for (const change of [
    { settledRollback: "RECEIVABLE" },
    { currencies: ["EUR"] },
    { betMax: { EUR: "5.00" } },
    { gameBank: bank },
  ] satisfies Partial<ProviderPolicy>[]) {
    expect(takesTwoPeople(changed(change))).toBe(true);
  }
});

test("what only calls depend on takes one", () => {
  const circuit = { ...defaultProviderPolicy.circuit, silentSeconds: null };
  const changes = changed({ closedCountries: ["FR"], networks: ["203.0.113.0/24"], mutualTls: true, circuit });
  expect(changes).toEqual([
    { path: "circuit.silentSeconds", before: "900", after: "" },
    { path: "closedCountries", before: "", after: "FR" },
    { path: "mutualTls", before: "false", after: "true" },
    { path: "networks", before: "", after: "203.0.113.0/24" },
  ]);
  expect(takesTwoPeople(changes)).toBe(false);
});

test("a limit taken away is a change, and an amount written otherwise is one too", () => {
  const before: ProviderPolicy = { ...defaultProviderPolicy, betMax: { EUR: "5.00" } };
  expect(diffPolicies(before, { ...before, betMax: { EUR: "5.00" } })).toEqual([]);
  expect(takesTwoPeople(diffPolicies(before, { ...before, betMax: { EUR: "5" } }))).toBe(true);
  expect(diffPolicies(before, { ...before, betMax: {} })).toEqual([{ path: "betMax.EUR", before: "5.00", after: "" }]);
});
