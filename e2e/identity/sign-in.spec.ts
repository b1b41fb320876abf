import type { Page } from "@playwright/test";
import { ageSecondFactor, credentialsOf, freshCode } from "../support/people.ts";
import { givePassword, typeCode } from "../support/sign-in-page.ts";
import { alertOf, expect, test } from "../support/test.ts";

// One person's codes are used one after the other.
test.describe.configure({ mode: "serial" });

const overview = (page: Page) => page.getByRole("heading", { name: "Overview", level: 1 });

test("whoever is not signed in is sent to the sign-in, and back afterwards", async ({ page }) => {
  await page.goto("/ledger");
  await expect(page).toHaveURL(/\/sign-in/);
});

test("a password that is wrong is refused without saying what was wrong", async ({ page }) => {
  await page.goto("/sign-in");
  for (const email of [credentialsOf("auditor").email, "nobody@demo.pitboss.example"]) {
    await page.getByLabel("E-mail address").fill(email);
    await page.getByLabel("Password").fill("correct horse battery staple");
    await page.getByRole("button", { name: "Continue" }).click();
    await expect(alertOf(page)).toContainText("The e-mail address or the password is wrong.");
  }
});

test("the six digits of the app let somebody in; wrong ones and used ones do not", async ({ page, browser }) => {
  await givePassword(page, "auditor");
  const code = await freshCode("auditor");
  await typeCode(page, code === "000000" ? "111111" : "000000");
  await expect(alertOf(page)).toContainText("The second factor is wrong, or was used before.");
  await expect(overview(page)).toBeHidden();

  await typeCode(page, code);
  await expect(overview(page)).toBeVisible();

  const elsewhere = await browser.newPage();
  await givePassword(elsewhere, "auditor");
  await typeCode(elsewhere, code);
  await expect(alertOf(elsewhere)).toContainText("was used before");
  await expect(overview(elsewhere)).toBeHidden();
  await elsewhere.close();
});

test("the account page says of every attempt how it ended", async ({ signedInAs }) => {
  const page = await signedInAs("auditor");
  await page.goto("/account");
  await expect(page.getByText("Wrong second factor").first()).toBeVisible();
  await expect(page.getByText("Wrong password").first()).toBeVisible();
});

test("a recovery code lets somebody in once", async ({ signedInAs, page, browser }) => {
  const account = await signedInAs("auditor");
  await ageSecondFactor("auditor", 0);
  await account.goto("/account");
  await account.getByRole("button", { name: "Make new ones" }).click();
  const dialog = account.getByRole("dialog", { name: "Keep these recovery codes" });
  // The dialog is there before its codes are.
  await expect(dialog.getByRole("listitem").nth(7)).toBeVisible();
  const codes = await dialog.getByRole("listitem").allInnerTexts();
  await expect(dialog.getByRole("button", { name: "Go to the console" })).toBeDisabled();

  await givePassword(page, "auditor");
  await useRecoveryCode(page, codes[0] ?? "");
  await expect(overview(page)).toBeVisible();

  const again = await browser.newPage();
  await givePassword(again, "auditor");
  await useRecoveryCode(again, codes[0] ?? "");
  await expect(alertOf(again)).toContainText("was used before");
  await expect(overview(again)).toBeHidden();
  await again.close();
});

async function useRecoveryCode(page: Page, code: string): Promise<void> {
  await page.getByRole("button", { name: "Recovery code" }).click();
  await page.getByLabel("Recovery code", { exact: true }).fill(code);
  await page.getByRole("button", { name: "Verify" }).click();
}

test("who signs out is out: the way back leads to the sign-in", async ({ page }) => {
  await givePassword(page, "auditor", "/sign-in?next=/audit");
  await typeCode(page, await freshCode("auditor"));
  await expect(page.getByRole("heading", { name: "Audit", level: 1 })).toBeVisible();
  await page.getByRole("button", { name: /^Account menu/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page.getByText("You are signed out.")).toBeVisible();
  await page.goto("/audit");
  await expect(page).toHaveURL(/\/sign-in/);
});
