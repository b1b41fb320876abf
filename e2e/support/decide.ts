/** What people decide on in the console, pressed as they press it. */
import { expect, type Page } from "@playwright/test";

/** On the page of a proposal: the second person's yes, which applies it. */
export async function approve(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Approve" }).click();
  await page.getByRole("dialog", { name: "Approve this?" }).getByRole("button", { name: "Approve" }).click();
  await expect(page.getByText("Approved and applied").first()).toBeVisible();
}

export async function sayYes(page: Page, payoutId: string, reason: string): Promise<void> {
  await page.goto(`/payouts/${payoutId}`);
  await page.getByRole("button", { name: "Say yes" }).click();
  const dialog = page.getByRole("dialog", { name: "Say yes to this payout" });
  await dialog.getByLabel("Reason").fill(reason);
  await dialog.getByRole("button", { name: "Say yes" }).click();
  await expect(dialog).toBeHidden();
}
