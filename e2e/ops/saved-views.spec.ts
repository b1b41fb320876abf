import { randomInt } from "node:crypto";
import type { Page } from "@playwright/test";
import { expect, test } from "../support/test.ts";

/** A view belongs to its filters, so every test has filters that no other view has, however often it is run. */
const ownAmount = (): string => `0.${String(randomInt(1_000_000)).padStart(6, "0")}1`;

async function openViews(page: Page, current: string): Promise<void> {
  await page.getByRole("button", { name: current, exact: true }).click();
  await expect(page.getByRole("menuitem", { name: "Save as a view" })).toBeVisible();
}

async function saveView(page: Page, name: string, share: boolean): Promise<void> {
  await openViews(page, "Not saved");
  await page.getByRole("menuitem", { name: "Save as a view" }).click();
  const dialog = page.getByRole("dialog", { name: "Save as a view" });
  await dialog.getByLabel("Name").fill(name);
  if (share) await dialog.getByRole("switch", { name: "Share with everybody" }).click();
  await dialog.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("View saved")).toBeVisible();
  await expect(page.getByRole("button", { name, exact: true })).toBeVisible();
}

test("a view of one's own keeps filters, and nobody else has it", async ({ signedInAs }) => {
  const amount = ownAmount();
  const name = `Small stakes ${amount}`;
  const page = await signedInAs("operations");
  await page.goto(`/bets?status=HELD&minStake=${amount}`);
  await saveView(page, name, false);
  await page.goto("/bets");
  await openViews(page, "All");
  await page.getByRole("menuitem", { name }).click();
  await expect(page).toHaveURL(/status=HELD/);
  expect(new URL(page.url()).searchParams.get("minStake")).toBe(amount);

  const other = await signedInAs("risk");
  await other.goto("/bets");
  await openViews(other, "All");
  await expect(other.getByRole("menuitem", { name })).toHaveCount(0);
});

test("a shared view is there for everybody, and gone for everybody once it is removed", async ({ signedInAs }) => {
  const amount = ownAmount();
  const name = `Open bets ${amount}`;
  const page = await signedInAs("operations");
  await page.goto(`/bets?status=HELD&minStake=${amount}`);
  await saveView(page, name, true);

  const other = await signedInAs("support");
  await other.goto("/bets");
  await openViews(other, "All");
  await other.getByRole("menuitem", { name }).click();
  await expect(other).toHaveURL(/status=HELD/);
  await expect(other.getByRole("button", { name, exact: true })).toBeVisible();

  await openViews(page, name);
  await page.getByRole("menuitem", { name: "Manage my views" }).click();
  await page.getByRole("button", { name: `Remove the view ${name}` }).click();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Not saved", exact: true })).toBeVisible();
  await other.reload();
  await expect(other.getByRole("button", { name: "Not saved", exact: true })).toBeVisible();
});

test("who may not share is told so, and saves for oneself", async ({ signedInAs }) => {
  const amount = ownAmount();
  const page = await signedInAs("auditor");
  await page.goto(`/bets?minStake=${amount}`);
  await openViews(page, "Not saved");
  await page.getByRole("menuitem", { name: "Save as a view" }).click();
  const dialog = page.getByRole("dialog", { name: "Save as a view" });
  await expect(dialog.getByText("Your roles don't include sharing.")).toBeVisible();
  await expect(dialog.getByRole("switch", { name: "Share with everybody" })).toBeDisabled();
});
