import { expect, test } from "../support/test.ts";

test("a case is taken from the queue, its document looked at beside the data, and the level approved", async ({
  signedInAs,
}) => {
  // Players of the demo have asked for their first level.
  const page = await signedInAs("compliance");
  await page.goto("/kyc");
  await page.getByRole("button", { name: "Take the next case" }).click();
  await expect(page).toHaveURL(/\/kyc\/kyc_/);
  await expect(page.getByRole("heading", { level: 1, name: /level 1/ })).toBeVisible();

  await page.getByRole("button", { name: "Open", exact: true }).first().click();
  const opening = page.getByRole("dialog", { name: "Open the document" });
  await opening.getByLabel("Reason").fill("To verify the address");
  await opening.getByRole("button", { name: "Open", exact: true }).click();
  await expect(page.getByRole("img", { name: "The document" })).toBeVisible();
  await page.getByRole("button", { name: "Larger" }).click();
  await page.getByRole("button", { name: "Turn to the right" }).click();
  await expect(page.getByText("150 %, turned by 90°")).toBeVisible();

  await page.getByRole("button", { name: "Approve", exact: true }).click();
  const approving = page.getByRole("dialog", { name: "Approve" });
  for (const point of await approving.getByRole("checkbox").all()) await point.check();
  await approving.getByLabel("Reason").fill("The proof fits the account");
  await approving.getByRole("button", { name: "Approve", exact: true }).click();
  await expect(page.getByText("The case was decided.")).toBeVisible();
  await expect(page.getByRole("complementary").getByText("1, asks for 1")).toBeVisible();
});

test("a hit shows both sides with what each does to the score, and is dismissed for a reason", async ({
  signedInAs,
}) => {
  const page = await signedInAs("compliance");
  await page.goto("/screening");
  await page.getByRole("row").filter({ hasText: "demo-2" }).getByRole("link").first().click();
  await expect(page).toHaveURL(/\/screening\/sh_/);
  await expect(page.getByRole("heading", { name: "Side by side" })).toBeVisible();
  await page.getByRole("button", { name: "Dismiss", exact: true }).click();
  const dismissing = page.getByRole("dialog", { name: "The list means somebody else" });
  await dismissing.getByLabel("Reason").fill("Another birth place and another country");
  await dismissing.getByRole("button", { name: "Dismiss", exact: true }).click();
  await expect(page.getByText("The hit was dismissed.")).toBeVisible();
  await expect(page.getByText("Another birth place and another country").first()).toBeVisible();
});
