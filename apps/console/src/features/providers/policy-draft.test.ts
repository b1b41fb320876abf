import {
  defaultFreeSpins,
  defaultGameBank,
  defaultProviderPolicy,
  type ProviderPolicy,
} from "@pitboss/domain/gaming/provider-policy";
import { expect, test } from "vitest";
import { draftOf, readDraft } from "#features/providers/policy-draft.ts";

const whole: ProviderPolicy = {
  ...defaultProviderPolicy,
  settledRollback: "RECEIVABLE",
  currencies: ["EUR", "JPY"],
  closedCountries: ["FR"],
  betMax: { EUR: "20.00", JPY: "3000" },
  networks: ["203.0.113.0/24", "2001:db8::/32"],
  circuit: { ...defaultProviderPolicy.circuit, silentSeconds: null },
  freeSpins: { ...defaultFreeSpins, url: "https://aggregator.example", casinoId: "house", asks: false },
  gameBank: { ...defaultGameBank, url: "https://bank.example/v1", most: { EUR: "500.00" } },
};

test("a policy goes through the form as it is", () => {
  for (const policy of [whole, defaultProviderPolicy]) {
    expect(readDraft(draftOf(policy))).toEqual({ ok: true, policy });
  }
});

test("a game bank that is switched off is none", () => {
  expect(readDraft({ ...draftOf(whole), "gameBank.on": "false" })).toEqual({
    ok: true,
    policy: { ...whole, gameBank: null },
  });
});

test("free spins that are switched off are none", () => {
  expect(readDraft({ ...draftOf(whole), "freeSpins.on": "false" })).toEqual({
    ok: true,
    policy: { ...whole, freeSpins: null },
  });
});

test("what can't be taken is named by its field", () => {
  const wrongOf = (change: object) => {
    const read = readDraft({ ...draftOf(whole), ...change });
    return read.ok ? [] : [...read.wrong];
  };
  expect(wrongOf({ betMax: "20.00 EUR\n10.00 EUR" })).toEqual(["betMax"]);
  expect(wrongOf({ betMax: "twenty EUR" })).toEqual(["betMax"]);
  expect(wrongOf({ currencies: "EUR, XXX" })).toEqual(["currencies"]);
  expect(wrongOf({ answerWithinMs: "" })).toEqual(["answerWithinMs"]);
  expect(wrongOf({ "gameBank.url": "http://bank.example", networks: "everywhere" })).toEqual([
    "networks",
    "gameBank.url",
  ]);
  expect(wrongOf({ "circuit.openSeconds": "3000" })).toEqual(["circuit.longestOpenSeconds"]);
});
