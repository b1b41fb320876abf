import type { Page } from "@playwright/test";
import { ageSecondFactor, aloneAgent, freshCode } from "../support/people.ts";
import { givePassword, typeCode } from "../support/sign-in-page.ts";
import { expect, test } from "../support/test.ts";

const userAgent = `${aloneAgent}passkey`;
test.use({ userAgent });

/** An authenticator in the browser that says yes, as a finger on a sensor does. */
async function addAuthenticator(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

test("a passkey is added to the account, gives a fresh second factor, and signs in without a password", async ({
  page,
}) => {
  await addAuthenticator(page);
  await givePassword(page, "risk", "/sign-in?next=/account");
  await typeCode(page, await freshCode("risk"));
  await page.getByRole("button", { name: "Passkey", exact: true }).click();
  await page.getByLabel("Name").fill("Laptop");
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByText("Second factor added")).toBeVisible();
  await expect(page.getByRole("listitem").filter({ hasText: "Laptop" })).toBeVisible();

  await ageSecondFactor("risk", 600, userAgent);
  await page.goto("/players/p_1");
  await page.getByRole("button", { name: /^Show phone/i }).click();
  await page.getByLabel("Reason").fill("The player asked to be called back");
  await page.getByRole("button", { name: "Show", exact: true }).click();
  const stepUp = page.getByRole("dialog", { name: "Confirm that it is you" });
  await stepUp.getByRole("button", { name: "Passkey", exact: true }).click();
  await stepUp.getByRole("button", { name: "Use a passkey" }).click();
  await expect(stepUp).toBeHidden();
  await expect(page.getByText(/^\+356 99\d{6}$/)).toBeVisible();

  await page.getByRole("button", { name: /^Account menu/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await expect(page.getByRole("heading", { name: "Overview", level: 1 })).toBeVisible();
  await expect(page.getByRole("button", { name: /^Account menu.*Demo risk/ })).toBeVisible();

  await page.goto("/account");
  const laptop = page.getByRole("listitem").filter({ hasText: "Laptop" });
  await laptop.getByRole("button", { name: "Remove" }).click();
  await expect(laptop).toHaveCount(0);
});

test("without a passkey the button leaves everything as it was", async ({ page }) => {
  await addAuthenticator(page);
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await expect(page.getByText("The passkey was not used.")).toBeVisible();
  await expect(page.getByLabel("E-mail address")).toBeVisible();
});
