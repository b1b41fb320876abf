import { writeStatement } from "../support/bank-statement.ts";
import { approve } from "../support/decide.ts";
import { ageSecondFactor } from "../support/people.ts";
import { askStaffApi } from "../support/staff-api.ts";
import { expect, test } from "../support/test.ts";

test("an entry of the bank that nothing explains is found as a break, and resolved by two people", async ({
  signedInAs,
}) => {
  const finance = await signedInAs("finance");
  await ageSecondFactor("finance", 0);
  const name = `E2E-${Date.now().toString(36).toUpperCase()}`;
  await finance.goto("/reconciliation");
  await finance.getByRole("button", { name: "Bring a file" }).click();
  const bring = finance.getByRole("dialog", { name: "Bring a report or statement" });
  await bring.locator('input[type="file"]').setInputFiles({
    name: "statement.xml",
    mimeType: "application/xml",
    buffer: Buffer.from(writeStatement(name, "FR1420041010050500013M02606", [{ amount: "-7.35", remittance: name }])),
  });
  await expect(bring.getByText(`FR1420041010050500013M02606/${name}`)).toBeVisible();
  await bring.getByLabel("Reason").fill("The bank sent it by mail");
  await bring.getByRole("button", { name: "Take it in" }).click();
  await expect(bring).toBeHidden();

  await finance.getByRole("button", { name: "Compare now" }).click();
  const run = finance.getByRole("dialog", { name: "Compare now" });
  await run.getByLabel("Reason").fill("Before the day is closed");
  await run.getByRole("button", { name: "Compare", exact: true }).click();
  await expect(run).toBeHidden({ timeout: 30_000 });

  await finance.getByRole("link", { name: "Triage" }).click();
  await expect(finance.getByText("Unexplained at the bank").first()).toBeVisible();
  await finance.goto("/reconciliation?group=open&type=BANK_UNEXPLAINED&scope=FR1420041010050500013M02606");
  await finance.locator("a[data-row-link]", { hasText: "brk_" }).first().click();
  await expect(finance).toHaveURL(/\/reconciliation\/brk_/);
  await expect(finance.getByText("Entry of a statement")).toBeVisible();
  await expect(finance.getByText(name).first()).toBeVisible();
  const breakId = new URL(finance.url()).pathname.split("/").at(-1) ?? "";

  await finance.getByRole("button", { name: "Take it on" }).click();
  await expect(finance.getByText("Taken on").first()).toBeVisible();
  await finance.getByRole("button", { name: "Propose an end" }).click();
  const resolve = finance.getByRole("dialog", { name: "Propose how it is ended" });
  await resolve.getByText("It is a fee of the provider or the bank").click();
  await expect(resolve.getByText(/7\.35 EUR from FEES/)).toBeVisible();
  await resolve.getByLabel("Reason").fill("What the bank charges for the account");
  await resolve.getByRole("button", { name: "Propose", exact: true }).click();
  await expect(resolve).toBeHidden();
  await expect(finance.getByText("Proposed").first()).toBeVisible();
  await expect(finance.getByRole("button", { name: "Propose an end" })).toHaveCount(0);

  const { approvalId } = await askStaffApi<{ approvalId: string }>(finance, "recon.show", { breakId });
  const second = await signedInAs("finance-2");
  await ageSecondFactor("finance-2", 0);
  await second.goto(`/approvals/${approvalId}`);
  await approve(second);
  await second.goto(`/reconciliation/${breakId}`);
  await expect(second.getByText("Resolved").first()).toBeVisible();
});
