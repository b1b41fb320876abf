import { approve } from "../support/decide.ts";
import { expect, test } from "../support/test.ts";

test("a number that payouts go by is changed by two people, and one alone changes nothing", async ({ signedInAs }) => {
  const page = await signedInAs("finance");
  await page.goto("/cashier-rules");
  const payouts = page.getByRole("region", { name: "Payouts" });
  const kroner = payouts.getByRole("listitem").filter({ hasText: "NOK" });
  await kroner.locator("summary").click();
  await kroner.getByRole("button", { name: "Propose a change" }).click();
  const dialog = page.getByRole("dialog", { name: "Change what holds for NOK" });
  await dialog.getByLabel("Two people from (NOK)").fill("1.00");
  await dialog.getByRole("button", { name: "Show the difference" }).click();
  await expect(dialog.getByText("twoFrom is at least autoBelow.")).toBeVisible();
  await dialog.getByLabel("Two people from (NOK)").fill("40000");
  await dialog.getByRole("button", { name: "Show the difference" }).click();
  await expect(dialog.getByRole("row", { name: "Two people from 50000.00 40000.00" })).toBeVisible();
  await dialog.getByLabel("Reason").fill("As the risk committee decided");
  await dialog.getByRole("button", { name: "Propose", exact: true }).click();
  await expect(page).toHaveURL(/\/approvals\/ap_/);
  const proposal = page.url();

  const other = await signedInAs("finance-2");
  await other.goto("/cashier-rules");
  const before = other.getByRole("region", { name: "Payouts" }).getByRole("listitem").filter({ hasText: "NOK" });
  await expect(before).toContainText("two people from 50,000.00 NOK");
  await other.goto(proposal);
  await approve(other);
  await other.goto("/cashier-rules");
  await expect(before).toContainText("two people from 40,000.00 NOK");
  await before.locator("summary").click();
  await expect(before).toContainText("Version 2");
});
