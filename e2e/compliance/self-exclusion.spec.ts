import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { wireOf } from "@pitboss/wires/wire-of";
import type { Page } from "@playwright/test";
import { z } from "zod";
import { casino } from "../playwright.config.ts";
import { callEngine } from "../support/casino.ts";
import { sayYes } from "../support/decide.ts";
import { ageSecondFactor } from "../support/people.ts";
import { askForPayout, depositByCard, openPlayer, verify } from "../support/seed-play.ts";
import { expect, test } from "../support/test.ts";
import { joinCasino, newSurname, signInPlayer } from "../support/visitor.ts";

const demoProviders = z.array(
  z.object({ dialect: z.string(), provider: z.string(), game: z.string(), secret: z.string() }),
);
type Provider = z.infer<typeof demoProviders>[number];

/** Who speaks to the house in each dialect, and what they sign with. */
function readProviders(): Provider[] {
  return demoProviders.parse(JSON.parse(readFileSync(join(casino.dataDir, "demo", "providers.json"), "utf8")));
}

interface OpenGame {
  readonly speaks: Provider;
  readonly session: string;
}

async function openGame(playerId: string, speaks: Provider): Promise<OpenGame> {
  const { token } = await callEngine("/v1/game-sessions", { playerId, gameId: speaks.game, currency: "EUR" });
  return { speaks, session: String(token) };
}

/** A stake of one euro as the provider sends it; what the house answered, as it stands on the wire. */
async function bet(playerId: string, { speaks, session }: OpenGame): Promise<string> {
  const play = { playerId, session, currency: "EUR", game: speaks.game } as const;
  const wire = wireOf(speaks, play, { do: "bet", id: randomUUID(), round: randomUUID(), amount: 100n });
  const response = await fetch(`${casino.engineUrl}/v1/providers/${speaks.provider}/${wire.path}`, {
    method: "POST",
    headers: wire.headers,
    body: wire.body,
  });
  return response.text();
}

async function cashOf(playerId: string): Promise<string> {
  const { wallets } = await callEngine(`/v1/wallet?playerId=${playerId}`);
  return JSON.stringify(wallets);
}

async function exclude(page: Page, playerId: string): Promise<void> {
  await page.goto(`/players/${playerId}?tab=rg`);
  await expect(page.getByText("Never excluded")).toBeVisible();
  await page.getByRole("button", { name: "Exclude" }).click();
  const dialog = page.getByRole("dialog", { name: "Exclude" });
  await dialog.getByLabel("How").click();
  await page.getByRole("option", { name: "Self-exclusion" }).click();
  await dialog.getByLabel("Days").fill("180");
  await dialog.getByLabel("Reason").fill("Asked for it on the phone");
  await dialog.getByRole("button", { name: "Exclude" }).click();
  await expect(page.getByText("Self-exclusion, until it is lifted")).toBeVisible();
}

/** Each protocol's own words for it (their public documents, and docs/providers). */
const refusals: Readonly<Record<string, RegExp>> = {
  hub88: /RS_ERROR_USER_DISABLED/,
  softswiss: /"code":110\b/,
  evolution: /"ACCOUNT_LOCKED"/,
};

test("an excluded player is refused on every way in, gets their money out, and compliance reads why", async ({
  signedInAs,
}) => {
  const playerId = await openPlayer("excluded", "60.00");
  await verify(playerId);
  const games = await Promise.all(readProviders().map((speaks) => openGame(playerId, speaks)));
  expect(games.map(({ speaks }) => speaks.dialect).sort()).toEqual(["evolution", "hub88", "signed-json", "softswiss"]);
  for (const game of games) expect(await bet(playerId, game)).not.toMatch(/error|ERROR|LOCKED/);
  const support = await signedInAs("support");
  await exclude(support, playerId);

  const before = await cashOf(playerId);
  for (const game of games) {
    expect(`${game.speaks.dialect}: ${await bet(playerId, game)}`).toMatch(
      refusals[game.speaks.dialect] ?? /SELF_EXCLUDED/,
    );
    await expect(openGame(playerId, game.speaks)).rejects.toThrow(/SELF_EXCLUDED/);
  }
  const own = {
    requestId: randomUUID(),
    playerId,
    roundId: `R-${randomUUID()}`,
    gameId: "pragm_live_roulette",
    selection: [],
    stake: { amount: "1.00", currency: "EUR" },
  };
  await expect(callEngine("/v1/bets/place", own)).rejects.toThrow(/SELF_EXCLUDED/);
  const deposit = {
    requestId: randomUUID(),
    playerId,
    amount: { amount: "10.00", currency: "EUR" },
    method: "card",
    token: `pm_card_visa_${playerId}`,
  };
  await expect(callEngine("/v1/deposits", deposit)).rejects.toThrow(/SELF_EXCLUDED/);
  expect(await cashOf(playerId)).toBe(before);

  const payoutId = await askForPayout(playerId, "40.00");
  const finance = await signedInAs("finance");
  await ageSecondFactor("finance", 0);
  await sayYes(finance, payoutId, "Excluded players are paid what is theirs");
  await expect.poll(async () => (await callEngine(`/v1/payouts/${payoutId}`))["status"]).toBe("PAID");

  const compliance = await signedInAs("compliance");
  await compliance.goto("/rg");
  await expect(compliance.getByRole("table").getByText(playerId, { exact: true })).toBeVisible();
});

test("an excluded player signs in to take out what is theirs, and for nothing else; another account of theirs is no way back", async ({
  signedInAs,
}) => {
  const who = { firstName: "Signe", lastName: newSurname(), birthDate: "1979-07-21" };
  const account = await joinCasino(who);
  const { playerId } = account;
  await depositByCard(playerId, "50.00");
  await verify(playerId);
  const support = await signedInAs("support");
  await exclude(support, playerId);

  // Policy: what a player has in the house stays theirs, so the door to it stays open (docs/responsible-gaming.md).
  const accessToken = await signInPlayer(account);
  const listed = await callEngine("/v1/instruments", undefined, accessToken);
  const [card] = listed["instruments"] as { instrumentId: string }[];
  const game = { playerId, gameId: "pragm_live_roulette", currency: "EUR" };
  await expect(callEngine("/v1/game-sessions", game, accessToken)).rejects.toThrow(/SELF_EXCLUDED/);
  const money = { amount: "20.00", currency: "EUR" };
  const deposit = {
    requestId: randomUUID(),
    playerId,
    amount: money,
    method: "card",
    token: `pm_card_visa_${playerId}`,
  };
  await expect(callEngine("/v1/deposits", deposit, accessToken)).rejects.toThrow(/SELF_EXCLUDED/);
  const payout = { requestId: randomUUID(), playerId, instrumentId: card?.instrumentId, amount: money };
  expect(await callEngine("/v1/payouts", payout, accessToken)).toHaveProperty("payoutId");

  const second = await joinCasino(who);
  await expect(
    callEngine("/v1/game-sessions", { ...game, playerId: second.playerId }, second.accessToken),
  ).rejects.toThrow(/SELF_EXCLUDED/);
});
