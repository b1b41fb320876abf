import { describe, expect, test } from "vitest";
import { checkLaunch, isShown, type OfferedGame } from "./choose-games.ts";

const game: OfferedGame = {
  code: "dice",
  category: "dice",
  status: "OPEN",
  devices: ["MOBILE"],
  languages: ["de"],
  bannedCountries: ["US"],
  jurisdictions: [],
  limits: new Map([["EUR", true]]),
};

describe("a game in the lobby", () => {
  test("is shown to whoever it is made for, and to whoever nothing is known of", () => {
    expect(isShown(game, {})).toBe(true);
    const all = { category: "dice", device: "MOBILE", currency: "EUR", country: "MT", language: "de" } as const;
    expect(isShown(game, { ...all, jurisdiction: "MT" })).toBe(true);
  });

  test.each([
    { category: "slots" },
    { device: "DESKTOP" },
    { currency: "JPY" },
    { country: "US" },
    { language: "en" },
  ] as const)("is not shown for %o", (visitor) => {
    expect(isShown(game, visitor)).toBe(false);
  });

  test("is hidden where it is closed or in maintenance, and only marked where its provider is paused", () => {
    expect(isShown({ ...game, status: "CLOSED" }, {})).toBe(false);
    expect(isShown({ ...game, status: "MAINTENANCE" }, {})).toBe(false);
    expect(isShown({ ...game, status: "PROVIDER_PAUSED" }, {})).toBe(true);
  });

  test("certified for some jurisdictions is not shown under another", () => {
    expect(isShown({ ...game, jurisdictions: ["MT"] }, { jurisdiction: "UK" })).toBe(false);
  });
});

describe("starting a game", () => {
  test.each([
    [{ ...game, status: "PROVIDER_PAUSED" } as const, { currency: "EUR" } as const, "GAME_DISABLED"],
    [game, { currency: "JPY" } as const, "CURRENCY_MISMATCH"],
    [game, { currency: "EUR", device: "DESKTOP" } as const, "GAME_DISABLED"],
  ])("is refused where it could not be played", (of, player, code) => {
    expect(checkLaunch(of, player)).toMatchObject({ ok: false, error: { code } });
  });

  test("is allowed otherwise", () => {
    expect(checkLaunch(game, { currency: "EUR", device: "MOBILE" })).toEqual({ ok: true, value: true });
  });
});
