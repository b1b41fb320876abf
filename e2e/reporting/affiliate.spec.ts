import { approve } from "../support/decide.ts";
import { ageSecondFactor } from "../support/people.ts";
import { openAffiliate } from "../support/staff-api.ts";
import { expect, test } from "../support/test.ts";

test("a statement of an affiliate is made, approved by two people, and owed from then on", async ({ signedInAs }) => {
  const finance = await signedInAs("finance");
  await ageSecondFactor("finance", 0);
  const { affiliateId, statementId } = await openAffiliate(finance, "Two people");
  await finance.goto("/affiliates");
  await finance.locator(`a[href="/affiliates/${affiliateId}"]`).first().click();
  await expect(finance.getByRole("heading", { name: /^Two people/, level: 1 })).toBeVisible();
  const statements = finance.getByRole("group", { name: "Statements" });
  await expect(statements.getByText("To be approved")).toBeVisible();
  await statements.getByRole("link", { name: statementId }).click();

  await finance.getByRole("button", { name: "Propose" }).click();
  const dialog = finance.getByRole("dialog", { name: "Propose it for approval?" });
  await expect(dialog.getByText("120.00 EUR")).toBeVisible();
  await dialog.getByLabel("Reason").fill("As the contract says");
  await dialog.getByRole("button", { name: "Propose" }).click();
  await expect(finance).toHaveURL(/\/approvals\/ap_/);
  await expect(finance.getByText("You proposed this, so somebody else decides.")).toBeVisible();
  const path = new URL(finance.url()).pathname;

  const second = await signedInAs("finance-2");
  await ageSecondFactor("finance-2", 0);
  await second.goto(path);
  await approve(second);

  await finance.goto(`/affiliates/statements/${statementId}`);
  await expect(finance.getByText("Approved", { exact: true }).first()).toBeVisible();
  await expect(finance.getByRole("button", { name: "Propose" })).toHaveCount(0);
  await finance.goto(`/affiliates/${affiliateId}`);
  const facts = finance.getByRole("region", { name: "Affiliate", exact: true });
  await expect(facts.locator("dl > div").filter({ hasText: "Owed" })).toContainText("120.00");
});

test("support is told for whom affiliates are", async ({ signedInAs }) => {
  const page = await signedInAs("support");
  await page.goto("/affiliates");
  await expect(page.getByText("Your roles don’t include this page")).toBeVisible();
});
