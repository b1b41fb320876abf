import { readPlayed } from "../support/seed-play.ts";
import { expect, test } from "../support/test.ts";

test("the dark theme is chosen in the menu, and is there in the server's first answer afterwards", async ({
  signedInAs,
}) => {
  const page = await signedInAs("admin-2", { colorScheme: "light" });
  await page.goto("/account");
  const background = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await background();
  await page.getByRole("button", { name: /^Account menu/ }).click();
  await page.getByRole("menuitemradio", { name: "Dark" }).click();
  await expect.poll(background).not.toBe(light);
  const dark = await background();
  const html = await (await page.request.get("/account")).text();
  expect(html).toContain('data-theme="dark"');
  await page.reload();
  expect(await background()).toBe(dark);
});

test("who leaves the theme to the system has the system's", async ({ signedInAs }) => {
  const page = await signedInAs("admin-2", { colorScheme: "dark" });
  await page.goto("/account");
  const background = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const dark = await background();
  await page.emulateMedia({ colorScheme: "light" });
  await expect.poll(background).not.toBe(dark);
});

test("the console speaks German, with German numbers, and no text is left behind", async ({ signedInAs }) => {
  const page = await signedInAs("admin-2");
  await page.goto("/");
  await page.getByRole("button", { name: /^Account menu/ }).click();
  await page.getByRole("menuitemradio", { name: "Deutsch" }).click();
  await expect(page.getByRole("heading", { name: "Übersicht", level: 1 })).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("lang", "de");
  await page.getByRole("link", { name: "Spieler", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Spieler", level: 1 })).toBeVisible();
  const { playerId, cash } = readPlayed();
  await page.goto(`/players/${playerId}`);
  await expect(page.getByRole("heading", { name: "Guthaben", level: 2 })).toBeVisible();
  await expect(page.getByText(cash.replace(".", ",")).first()).toBeVisible();
});
