import { randomUUID } from "node:crypto";
import { drawSpecimen } from "@pitboss/engine/demo/specimen-document";
import type { Page } from "@playwright/test";
import { callEngine } from "../support/casino.ts";
import { sayYes } from "../support/decide.ts";
import { ageSecondFactor } from "../support/people.ts";
import { askForPayout, depositByCard } from "../support/seed-play.ts";
import { tellStaffApi } from "../support/staff-api.ts";
import { expect, test } from "../support/test.ts";
import { joinCasino, newSurname } from "../support/visitor.ts";

const stake = (playerId: string): object => ({
  requestId: randomUUID(),
  playerId,
  roundId: `R-${randomUUID()}`,
  gameId: "pragm_live_roulette",
  selection: [],
  stake: { amount: "1.00", currency: "EUR" },
});

/** From the queue, filtered to the player, to the approval by the whole checklist. */
async function approveCase(page: Page, playerId: string): Promise<void> {
  await page.goto(`/kyc?player=${playerId}`);
  await page.getByRole("table").getByRole("row").nth(1).getByRole("link").first().click();
  await expect(page.getByText(playerId, { exact: true }).first()).toBeVisible();
  await expect(page.getByRole("heading", { level: 1, name: /level 1/ })).toBeVisible();
  await page.getByRole("button", { name: "Approve", exact: true }).click();
  const approving = page.getByRole("dialog", { name: "Approve" });
  for (const point of await approving.getByRole("checkbox").all()) await point.check();
  await approving.getByLabel("Reason").fill("The proof fits the account");
  await approving.getByRole("button", { name: "Approve", exact: true }).click();
  await expect(page.getByText("The case was decided.")).toBeVisible();
}

test("a case is taken from the queue, its document looked at beside the data, and the level approved", async ({
  signedInAs,
}) => {
  // Players of the demo have asked for their first level.
  const page = await signedInAs("compliance");
  await page.goto("/kyc");
  await page.getByRole("button", { name: "Take the next case" }).click();
  await expect(page).toHaveURL(/\/kyc\/kyc_/);
  await expect(page.getByRole("heading", { level: 1, name: /level 1/ })).toBeVisible();

  await page.getByRole("button", { name: "Open", exact: true }).first().click();
  const opening = page.getByRole("dialog", { name: "Open the document" });
  await opening.getByLabel("Reason").fill("To verify the address");
  await opening.getByRole("button", { name: "Open", exact: true }).click();
  await expect(page.getByRole("img", { name: "The document" })).toBeVisible();
  await page.getByRole("button", { name: "Larger" }).click();
  await page.getByRole("button", { name: "Turn to the right" }).click();
  await expect(page.getByText("150 %, turned by 90°")).toBeVisible();

  await page.getByRole("button", { name: "Approve", exact: true }).click();
  const approving = page.getByRole("dialog", { name: "Approve" });
  for (const point of await approving.getByRole("checkbox").all()) await point.check();
  await approving.getByLabel("Reason").fill("The proof fits the account");
  await approving.getByRole("button", { name: "Approve", exact: true }).click();
  await expect(page.getByText("The case was decided.")).toBeVisible();
  await expect(page.getByRole("complementary").getByText("1, asks for 1")).toBeVisible();
});

test("who may not play before they are verified does so the moment that their document is approved", async ({
  signedInAs,
}) => {
  // In the United Kingdom nobody deposits or plays before the first level (LCCP 17.1.1).
  const who = { firstName: "Edith", lastName: "Marlowe", birthDate: "1984-02-29", country: "GB" };
  const { playerId, accessToken } = await joinCasino(who);
  const deposit = {
    requestId: randomUUID(),
    playerId,
    amount: { amount: "40.00", currency: "EUR" },
    method: "card",
    token: `pm_card_visa_${playerId}`,
  };
  await expect(callEngine("/v1/deposits", deposit)).rejects.toThrow(/KYC_LEVEL_TOO_LOW/);
  await expect(callEngine("/v1/bets/place", stake(playerId))).rejects.toThrow(/KYC_LEVEL_TOO_LOW/);
  const file = drawSpecimen(4).toString("base64");
  await callEngine("/v1/kyc/documents", { kind: "PROOF_OF_ADDRESS", file }, accessToken);

  await approveCase(await signedInAs("compliance"), playerId);

  await depositByCard(playerId, "40.00");
  expect(await callEngine("/v1/bets/place", stake(playerId))).toMatchObject({ status: "ACCEPTED" });
});

test("money goes out only once the player is verified, and then at once", async ({ signedInAs }) => {
  const who = { firstName: "Teodor", lastName: newSurname(), birthDate: "1988-05-14" };
  const { playerId, accessToken } = await joinCasino(who);
  await depositByCard(playerId, "60.00");
  const payoutId = await askForPayout(playerId, "40.00");
  const finance = await signedInAs("finance");
  await finance.goto(`/payouts/${payoutId}`);
  await expect(finance.getByText("This keeps it from leaving")).toBeVisible();
  await expect(
    finance
      .getByRole("listitem")
      .filter({ hasText: /verified/i })
      .first(),
  ).toBeVisible();
  await expect(finance.getByRole("button", { name: "Say yes" })).toHaveCount(0);
  await ageSecondFactor("finance", 0);
  const forced = { payoutId, contentHash: "0".repeat(64), reason: "Without looking at the player" };
  expect(await tellStaffApi(finance, "payout.approve", forced)).toHaveProperty("code");

  const file = drawSpecimen(7).toString("base64");
  await callEngine("/v1/kyc/documents", { kind: "PROOF_OF_ADDRESS", file }, accessToken);
  const compliance = await signedInAs("compliance");
  await approveCase(compliance, playerId);

  await finance.reload();
  await finance.getByRole("button", { name: "Check again" }).click();
  await expect(finance.getByText("This keeps it from leaving")).toHaveCount(0);
  await sayYes(finance, payoutId, "The player was verified just now");
  await expect.poll(async () => (await callEngine(`/v1/payouts/${payoutId}`))["status"]).toBe("PAID");
});

test("a hit shows both sides with what each does to the score, and is dismissed for a reason", async ({
  signedInAs,
}) => {
  const page = await signedInAs("compliance");
  await page.goto("/screening");
  await page.getByRole("row").filter({ hasText: "demo-2" }).getByRole("link").first().click();
  await expect(page).toHaveURL(/\/screening\/sh_/);
  await expect(page.getByRole("heading", { name: "Side by side" })).toBeVisible();
  await page.getByRole("button", { name: "Dismiss", exact: true }).click();
  const dismissing = page.getByRole("dialog", { name: "The list means somebody else" });
  await dismissing.getByLabel("Reason").fill("Another birth place and another country");
  await dismissing.getByRole("button", { name: "Dismiss", exact: true }).click();
  await expect(page.getByText("The hit was dismissed.")).toBeVisible();
  await expect(page.getByText("Another birth place and another country").first()).toBeVisible();
});
