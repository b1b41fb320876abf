import { approve } from "../support/decide.ts";
import { ageSecondFactor } from "../support/people.ts";
import { expect, test } from "../support/test.ts";

test("a round whose end nobody told is found in the inbox, explained, and voided by two people", async ({
  signedInAs,
}) => {
  // The demo's past has one that is too old to wait for.
  const risk = await signedInAs("risk");
  await ageSecondFactor("risk", 0);
  await risk.goto("/rounds");
  const row = risk.getByRole("row").filter({ has: risk.locator('a[href$="/history-forgotten-20"]') });
  await expect(async () => {
    await risk.reload();
    await expect(row).toBeVisible({ timeout: 3_000 });
  }).toPass({ timeout: 90_000 });
  await expect(row).toContainText("Stale");
  await expect(row).toContainText("The provider has sent no result");
  await expect(row).toContainText("Propose to void it");
  await row.getByRole("link").first().click();
  await expect(risk).toHaveURL(/\/rounds\/pragm\//);
  await expect(risk.getByText("7.00").first()).toBeVisible();

  await risk.goto("/rounds");
  await row.click();
  await risk.getByRole("button", { name: "Void round" }).click();
  const dialog = risk.getByRole("dialog", { name: "Void every held bet of this round?" });
  await expect(dialog.getByText("7.00").first()).toBeVisible();
  await dialog.getByLabel("Reason").fill("The provider has no record of it: ticket 88-1201");
  await dialog.getByRole("button", { name: /^Propose/ }).click();
  await expect(risk).toHaveURL(/\/approvals\/ap_/);
  await expect(risk.getByRole("button", { name: "Approve" })).toHaveCount(0);
  const path = new URL(risk.url()).pathname;

  const second = await signedInAs("operations");
  await ageSecondFactor("operations", 0);
  await second.goto(path);
  await expect(second.getByText("ticket 88-1201").first()).toBeVisible();
  await approve(second);

  await expect(async () => {
    await risk.goto("/rounds");
    await expect(risk.locator('a[href$="/history-forgotten-2"]')).toBeVisible({ timeout: 3_000 });
    await expect(row).toHaveCount(0);
  }).toPass({ timeout: 60_000 });
});
