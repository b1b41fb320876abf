import type { Page } from "@playwright/test";
import { readPlayed } from "../support/seed-play.ts";
import { expect, test } from "../support/test.ts";

async function find(page: Page, text: string) {
  await page.keyboard.press("ControlOrMeta+k");
  const palette = page.getByRole("dialog", { name: "Search or jump to" });
  await palette.getByRole("combobox").fill(text);
  return palette;
}

test("⌘K finds a player by name or id, a bet, a round and a transaction by id, and leads to each", async ({
  signedInAs,
}) => {
  const { playerId, nickname, wonBetId, roundId } = readPlayed();
  const page = await signedInAs("finance");
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "Overview", level: 1 })).toBeVisible();

  const byName = await find(page, "chiara");
  await byName
    .getByRole("option", { name: /^chiara/ })
    .first()
    .click();
  await expect(page).toHaveURL(/\/players\/p_/);

  const byId = await find(page, playerId);
  await expect(byId.getByRole("option", { name: new RegExp(`${nickname}.*${playerId}`) })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`/players/${playerId}`);

  const bet = await find(page, wonBetId);
  await expect(bet.getByRole("option", { name: new RegExp(wonBetId) })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`/bets/${wonBetId}`);

  const round = await find(page, roundId);
  await expect(round.getByRole("option", { name: new RegExp(`${roundId}.*${nickname}`) })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/rounds/[a-z0-9_]+/${playerId}/${roundId}$`));
  await expect(page.getByRole("main").getByText(roundId).first()).toBeVisible();

  const transactionId = wonBetId.replace("bet_", "tx_");
  const transaction = await find(page, transactionId);
  await expect(transaction.getByRole("option", { name: new RegExp(transactionId) })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`/ledger/${transactionId}`);
});

test("⌘K jumps to pages, and says where nothing is found", async ({ signedInAs }) => {
  const page = await signedInAs("support");
  await page.goto("/");
  const palette = await find(page, "nobody-of-this-name");
  await expect(palette.getByText("Nothing found.")).toBeVisible();
  await palette.getByRole("combobox").fill("approv");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/approvals");
});

test("the keys of a list walk its rows, look at one beside the list, and open it", async ({ signedInAs }) => {
  const page = await signedInAs("risk");
  await page.goto("/players");
  const rows = page.getByRole("table", { name: "Players" }).getByRole("row");
  await expect(rows.nth(3)).toBeVisible();
  // The rows stand there before the page's keys work.
  await expect(async () => {
    await page.keyboard.press("j");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("complementary", { name: /^Details of/ })).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await expect(page).toHaveURL(/peek=p_/);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("complementary", { name: /^Details of/ })).toBeHidden();
  await page.keyboard.press("o");
  await expect(page).toHaveURL(/\/players\/p_[^?]*$/);
});
