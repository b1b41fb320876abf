import { expect, test } from "vitest";
import { createPacks } from "../risk/jurisdiction-pack.ts";
import { packOf } from "../risk/packs.fixture.ts";
import { checkOffer } from "./check-offer.ts";

const packs = createPacks([
  packOf({}),
  packOf({ bannedProviders: ["pragm"] }, { code: "MT", countries: ["MT"], version: 2 }),
  packOf({}, { code: "UK", countries: ["GB"] }),
]);
const game = { providerCode: "evo", bannedCountries: ["SE"], jurisdictions: ["MT", "UK"] };
const ask = (country: string, of: object = game) => checkOffer(of, packs.of(country, 1), country);

test("a game is offered under the jurisdictions that it is certified for, and under all where it names none", () => {
  expect(ask("MT")).toBeUndefined();
  expect(ask("GB")).toBeUndefined();
  expect(ask("NO")).toEqual({
    rule: "game-jurisdiction",
    code: "GAME_NOT_OFFERED",
    inputs: { certifiedFor: "MT, UK", jurisdiction: "DEFAULT", packVersion: 1 },
  });
  expect(ask("NO", { ...game, jurisdictions: [] })).toBeUndefined();
  expect(ask("NO", {})).toBeUndefined();
});

test("a banned country is refused wherever the game is certified", () => {
  const banned = { ...game, jurisdictions: ["DEFAULT"] };
  expect(ask("SE", banned)).toMatchObject({ rule: "game-country", code: "COUNTRY_BANNED", inputs: { country: "SE" } });
  expect(ask("NO", banned)).toBeUndefined();
});

test("a provider that the jurisdiction bans is refused whatever its game says", () => {
  expect(ask("MT", { ...game, providerCode: "pragm" })).toMatchObject({
    rule: "provider-ban",
    inputs: { provider: "pragm", jurisdiction: "MT", packVersion: 2 },
  });
});
