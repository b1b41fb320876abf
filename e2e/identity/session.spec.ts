import type { Page } from "@playwright/test";
import { sessionLimits } from "@pitboss/domain/identity/session-limits";
import { freshCode } from "../support/people.ts";
import { givePassword, typeCode } from "../support/sign-in-page.ts";
import { expect, test } from "../support/test.ts";

// One person's codes are used one after the other.
test.describe.configure({ mode: "serial" });

test("a session that is ended from elsewhere is out with its next step, and is told so", async ({
  page,
  signedInAs,
}) => {
  await givePassword(page, "finance-2");
  await typeCode(page, await freshCode("finance-2"));
  await expect(page.getByRole("heading", { name: "Overview", level: 1 })).toBeVisible();

  const elsewhere = await signedInAs("finance-2");
  await elsewhere.goto("/account");
  await elsewhere.getByRole("button", { name: "Sign out everywhere else" }).click();
  await expect(elsewhere.getByText(/sessions? ended/)).toBeVisible();

  await page.goto("/players/p_1");
  await expect(page.getByText("Your session was ended. Sign in again.")).toBeVisible();
  await expect(page.getByLabel("E-mail address")).toBeVisible();
});

/** Sets the page's clock forward. Its timers run on: a page looks at the clock once a second. */
async function letTimePass(page: Page, ms: number): Promise<void> {
  await page.evaluate((aheadMs) => {
    const now = Date.now.bind(Date);
    Date.now = () => now() + aheadMs;
  }, ms);
}

test("a session that rests is warned of its end, stays where somebody says so, and is ended where nobody does", async ({
  page,
}) => {
  const warnedMs = sessionLimits.staff.idleMs - 60_000;
  await givePassword(page, "finance-2");
  await typeCode(page, await freshCode("finance-2"));
  await expect(page.getByRole("heading", { name: "Overview", level: 1 })).toBeVisible();
  const warning = page.getByRole("dialog", { name: "Are you still there?" });

  await letTimePass(page, warnedMs - 15_000);
  await expect(warning).toBeHidden();
  await letTimePass(page, 20_000);
  await expect(warning).toBeVisible();
  await warning.getByRole("button", { name: "Stay signed in" }).click();
  await expect(warning).toBeHidden();

  await letTimePass(page, warnedMs + 5_000);
  await expect(warning).toBeVisible();
  await letTimePass(page, 61_000);
  await expect(page.getByText("You were signed out because nothing happened for a while.")).toBeVisible();
});
