import { ageSecondFactor } from "../support/people.ts";
import { openDisputed } from "../support/seed-play.ts";
import { expect, test } from "../support/test.ts";

test("a chargeback is answered with a file and a statement, and won", async ({ signedInAs }) => {
  const playerId = await openDisputed("charged-back");
  const finance = await signedInAs("finance");
  await ageSecondFactor("finance", 0);
  const row = finance.locator("a[data-row-link]").first();
  await expect(async () => {
    await finance.goto(`/chargebacks?player=${playerId}`);
    await expect(row).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await row.click();
  await expect(finance).toHaveURL(/\/chargebacks\/cb_/);
  await expect(finance.getByText("To be answered").first()).toBeVisible();

  await finance.locator('input[type="file"]').setInputFiles({
    name: "confirmation.pdf",
    mimeType: "application/pdf",
    buffer: Buffer.from("%PDF-1.7\n% what the player confirmed\n"),
  });
  await expect(finance.getByRole("button", { name: "confirmation.pdf" })).toBeVisible();

  await finance.getByRole("button", { name: "Submit evidence" }).click();
  const dialog = finance.getByRole("dialog", { name: "Submit the evidence?" });
  await dialog.getByLabel("Statement").fill("The cardholder has played here since March, from the same device.");
  await dialog.getByLabel("Reason").fill("The player confirmed the payment by mail");
  await dialog.getByRole("button", { name: "Submit evidence" }).click();
  await expect(finance.getByText("Evidence sent").first()).toBeVisible();
  await expect(finance.getByText("Won", { exact: true }).first()).toBeVisible({ timeout: 30_000 });
});
