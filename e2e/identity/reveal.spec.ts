import { freshCode } from "../support/people.ts";
import { typeCode } from "../support/sign-in-page.ts";
import { expect, test } from "../support/test.ts";

test("a personal field is shown in clear for a reason and with a fresh second factor, and the audit log has it", async ({
  signedInAlone,
}) => {
  // The demo's first player has personal data.
  const playerId = "p_1";
  const { page, ageSecondFactor } = await signedInAlone("compliance");
  await ageSecondFactor(600);
  await page.goto(`/players/${playerId}`);
  await expect(page.getByText(`${playerId}@players.demo.example`)).toBeHidden();

  await page.getByRole("button", { name: /^Show e-mail/i }).click();
  const confirm = page.getByRole("dialog", { name: /^Show e-mail/i });
  await confirm.getByRole("button", { name: "Show", exact: true }).click();
  await expect(confirm.getByText("Say why, in at least")).toBeVisible();
  const reason = `Ticket 4711: the address bounced (${Date.now()})`;
  await confirm.getByLabel("Reason").fill(reason);
  await confirm.getByRole("button", { name: "Show", exact: true }).click();

  const stepUp = page.getByRole("dialog", { name: "Confirm that it is you" });
  await typeCode(page, await freshCode("compliance"));
  await expect(stepUp).toBeHidden();
  await expect(page.getByText(`${playerId}@players.demo.example`)).toBeVisible();

  await page.goto("/audit");
  await page.getByRole("row").filter({ hasText: reason }).getByRole("link").first().click();
  await expect(page.getByRole("complementary").getByText(reason)).toBeVisible();
});

test("a role that may not see a field in clear has no way to it, and is told who has", async ({ signedInAs }) => {
  const page = await signedInAs("finance");
  await page.goto("/players/p_1");
  await expect(page.getByRole("heading", { name: "Personal data" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Masked for your roles" })).toBeVisible();
  await expect(page.getByRole("button", { name: /^Show .* in clear/ })).toHaveCount(0);
});
