import type { Page } from "@playwright/test";
import { approve } from "../support/decide.ts";
import { ageSecondFactor } from "../support/people.ts";
import { openPlayer } from "../support/seed-play.ts";
import { askStaffApi, proposeAdjustment, tellStaffApi } from "../support/staff-api.ts";
import { expect, test } from "../support/test.ts";

async function propose(
  page: Page,
  playerId: string,
  { amount, reason }: { amount: string; reason: string },
): Promise<string> {
  await page.goto(`/players/${playerId}`);
  await page.getByRole("button", { name: "Adjust balance" }).click();
  const dialog = page.getByRole("dialog", { name: "Adjust the balance" });
  await dialog.getByLabel("Amount").fill(amount);
  await dialog.getByLabel("Category").click();
  await page.getByRole("option", { name: "Goodwill" }).click();
  await dialog.getByLabel("Ticket").fill("CS-4711");
  await dialog.getByLabel("Reason").fill(reason);
  await dialog.getByRole("button", { name: "Propose" }).click();
  await expect(page).toHaveURL(/\/approvals\/ap_/);
  return new URL(page.url()).pathname;
}

/** The player's cash in euros as Player 360 shows it. */
async function readCash(page: Page, playerId: string): Promise<number> {
  await page.goto(`/players/${playerId}`);
  const row = page.getByRole("region", { name: "Balances" }).getByRole("listitem").first();
  await expect(row).toContainText(/\d+\.\d\d\s*EUR/);
  return Number(/([\d,]+\.\d\d)\s*EUR/.exec(await row.innerText())?.[1]?.replaceAll(",", ""));
}

test("an adjustment needs two people: one alone is refused and told why, and a second one moves the money", async ({
  signedInAs,
}) => {
  const playerId = await openPlayer("adjusted", "20.00");
  const finance = await signedInAs("finance");
  await ageSecondFactor("finance", 0);
  expect(await readCash(finance, playerId)).toBe(20);
  const path = await propose(finance, playerId, { amount: "7.50", reason: "Goodwill after an outage" });

  await expect(finance.getByText("You proposed this, so somebody else decides.")).toBeVisible();
  await expect(finance.getByRole("button", { name: "Approve" })).toHaveCount(0);
  expect(await readCash(finance, playerId)).toBe(20);

  const second = await signedInAs("finance-2");
  await ageSecondFactor("finance-2", 0);
  await second.goto("/approvals");
  await expect(second.locator(`a[href="${path}"]`)).toBeVisible();
  await second.goto(path);
  await approve(second);
  expect(await readCash(second, playerId)).toBe(27.5);

  await finance.goto(path);
  await expect(finance.getByText(/^Approved by Demo finance-2/)).toBeVisible();
});

test("the engine itself refuses the proposer, whatever a page would show", async ({ signedInAs }) => {
  const page = await signedInAs("finance");
  await ageSecondFactor("finance", 0);
  const approvalId = await proposeAdjustment(page, "p_9");
  const { contentHash } = await askStaffApi<{ contentHash: string }>(page, "approval.show", { approvalId });
  const refused = await tellStaffApi(page, "approval.approve", { approvalId, contentHash, reason: null });
  expect(refused).toEqual({ code: "APPROVAL_OWN" });
});

test("support may propose and not decide, and is told who decides", async ({ signedInAs }) => {
  const finance = await signedInAs("finance");
  await ageSecondFactor("finance", 0);
  const approvalId = await proposeAdjustment(finance, "p_9");
  const support = await signedInAs("support");
  await support.goto(`/approvals/${approvalId}`);
  await expect(support.getByText("The second person for this is one of finance and compliance.")).toBeVisible();
  await expect(support.getByRole("button", { name: "Approve" })).toHaveCount(0);
});
