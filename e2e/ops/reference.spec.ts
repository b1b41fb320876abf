import { expect, test } from "@playwright/test";
import { casino } from "../playwright.config.ts";

test("the reference page shows the public API to whoever opens it", async ({ page }) => {
  await page.goto(`${casino.engineUrl}/docs`);
  await expect(page.getByRole("heading", { name: "Pitboss public API" })).toBeVisible();
  await expect(page.getByText("/v1/bets/place").first()).toBeAttached();
});
