import { gameEntry } from "@pitboss/domain/catalog/game-entry";
import { expect, test } from "vitest";
import { draftOf, type GameDraft, readDraft } from "#features/games/game-draft.ts";

const whole = gameEntry.parse({
  code: "blackjack",
  name: "Blackjack Gold",
  category: "table",
  tags: ["new", "hot"],
  devices: ["DESKTOP", "TABLET"],
  languages: ["en", "de"],
  bannedCountries: ["FR"],
  jurisdictions: ["MGA"],
  limits: { EUR: { min: "0.10", max: "500.00" }, JPY: { min: "10", max: "80000" } },
  rtpVersions: [
    { version: "v96", rtp: "96.5" },
    { version: "v94", rtp: "94" },
  ],
  sideBets: [{ code: "perfect-pairs", name: "Perfect Pairs" }],
  providerLimits: [{ limit: "High roller", currency: "EUR", min: "10.00", max: "5000.00" }],
});
const bare = gameEntry.parse({ code: "dice", name: "Dice", category: "dice", limits: {} });

test("a game goes through the form as it is", () => {
  for (const game of [whole, bare]) {
    expect(readDraft(game.code, draftOf(game))).toMatchObject({ success: true, data: game });
  }
});

test("what is changed in a line is changed in the game", () => {
  const draft = draftOf(whole);
  const texts = {
    ...draft.texts,
    rtpVersions: "v97 97.1 %\n",
    sideBets: "perfect-pairs Perfect Pairs\n21p3 21 + 3",
    providerLimits: "VIP EUR 1.00 - 9.00".replace(" - ", "-"),
  };
  expect(readDraft(whole.code, { texts, devices: ["MOBILE"] }).data).toMatchObject({
    devices: ["MOBILE"],
    rtpVersions: [{ version: "v97", rtp: "97.1" }],
    sideBets: [
      { code: "perfect-pairs", name: "Perfect Pairs" },
      { code: "21p3", name: "21 + 3" },
    ],
    providerLimits: [{ limit: "VIP", currency: "EUR", min: "1.00", max: "9.00" }],
  });
});

test.each<[string, Partial<GameDraft["texts"]>]>([
  ["limits", { limits: "EUR 0.10-500.00\nEUR 1.00-2.00" }],
  ["limits", { limits: "EUR many" }],
  ["rtpVersions", { rtpVersions: "v96 high" }],
  ["rtpVersions", { rtpVersions: "v96 96\nv96 95" }],
  ["sideBets", { sideBets: "perfect-pairs" }],
  ["providerLimits", { providerLimits: "VIP 10.00-20.00" }],
  ["devices", {}],
])("%s that can't be taken are named", (field, texts) => {
  const draft = draftOf(whole);
  const devices = field === "devices" ? [] : draft.devices;
  const read = readDraft(whole.code, { texts: { ...draft.texts, ...texts }, devices });
  expect(read.error?.issues[0]?.path[0]).toBe(field);
});
