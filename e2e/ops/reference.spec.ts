import { expect, test } from "@playwright/test";

const engine = `http://127.0.0.1:${process.env["E2E_ENGINE_PORT"]}`;

test("the reference page shows the public API to whoever opens it", async ({ page }) => {
  await page.goto(`${engine}/docs`);
  await expect(page.getByRole("heading", { name: "Pitboss public API" })).toBeVisible();
  await expect(page.getByText("/v1/bets/place").first()).toBeAttached();
});
